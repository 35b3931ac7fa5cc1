package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.store.durable.Durability;
import io.framegate.store.durable.SpiedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Claims that are to survive a power cut. */
@Timeout(20)
class ForcedClaimsTest {

    @TempDir
    private Path directory = Path.of(".");

    private Path record = Path.of(".");
    private Path target = Path.of(".");

    @BeforeEach
    void spy() throws IOException {
        record = Files.createFile(directory.resolve("record"));
        target = SpiedFiles.spied(Files.createDirectory(directory.resolve("ftp")), record);
    }

    private ClaimLog open() throws IOException {
        return new ClaimLog(target, Durability.of("always", Duration.ofSeconds(1)));
    }

    private static Claim claim(int number) {
        return new Claim("image_" + number + ".jpg", Map.of());
    }

    private List<String> forced() throws IOException {
        return Files.readAllLines(record).stream()
                .filter(line -> line.startsWith("force "))
                .map(line -> line.substring(6).replace(directory + "/", ""))
                .toList();
    }

    /** Forces of this file fail until it is none. */
    private void fail(String ending) throws IOException {
        Files.writeString(Path.of(record + SpiedFiles.FAILING), ending);
    }

    @Test
    void claimsAreForcedWithTheNameOfTheirFile() throws IOException {
        try (ClaimLog log = open()) {
            Files.writeString(record, "");
            log.force(log.append(claim(0)));
            assertThat(forced()).containsExactly("ftp/0000000000000000000.claims", "ftp");
            log.force(log.append(claim(1)));
            assertThat(forced()).hasSize(3).endsWith("ftp/0000000000000000000.claims");
        }
    }

    @Test
    void fileThatIsFullIsForcedBeforeTheNextIsBegun() throws IOException {
        try (ClaimLog log = open()) {
            Files.writeString(record, "");
            long last = -1;
            for (int number = 0; number < Segment.SIZE; number++) {
                last = log.append(claim(number));
            }
            log.append(claim(Segment.SIZE));
            assertThat(forced()).containsExactly("ftp/0000000000000000000.claims", "ftp");
            // Forced already, and the file is closed.
            log.force(last);
            assertThat(forced()).hasSize(2);
        }
    }

    @Test
    void fileThatCouldNotBeForcedIsNeverTrustedAgain() throws Exception {
        try (ClaimLog log = open()) {
            long good = log.append(claim(0));
            log.force(good);
            log.settle(good);
            long bad = log.append(claim(1));
            fail(".claims");
            assertThatThrownBy(() -> log.force(bad)).hasMessage("Input/output error");
            fail("");
            assertThatThrownBy(() -> log.force(bad)).hasMessageContaining("(expected: another file)");
            log.drop(bad);
            long again = log.append(claim(1));
            log.force(again);
            log.settle(again);
            assertThat(forced()).endsWith("ftp/0000000000000000002.claims", "ftp");
            assertThat(Objects.requireNonNull(log.await(0)).claim()).isEqualTo(claim(0));
            assertThat(Objects.requireNonNull(log.await(1)).number()).isEqualTo(again);
        }
    }

    /** A disk that is full may not even let a line be cut off again. */
    @Test
    void fileWhoseFirstLineIsStuckDoesNotStandInTheWayOfTheNext() throws Exception {
        try (ClaimLog log = new ClaimLog(target, Durability.NONE)) {
            Files.writeString(Path.of(record + SpiedFiles.STUCK), ".claims");
            assertThatThrownBy(() -> log.append(claim(0))).hasMessage("No space left on device");
            assertThatThrownBy(() -> log.append(claim(0))).hasMessage("No space left on device");
            Files.delete(Path.of(record + SpiedFiles.STUCK));
            log.settle(log.append(claim(1)));
            assertThat(Objects.requireNonNull(log.await(0)).claim()).isEqualTo(claim(1));
            assertThat(log.waiting()).isEqualTo(1);
        }
    }

    @Test
    void whatIsSetAsideIsForcedBeforeItsClaimIsMarked() throws IOException {
        Files.writeString(record, "");
        new SetAside(target, true).add("17", claim(17), "550");
        assertThat(forced()).containsExactly("ftp/set-aside/.17.json", "ftp/set-aside", "ftp");
    }

    @Test
    void whatIsTriedAgainIsForcedBeforeItsFileIsDeleted() throws IOException {
        SetAside setAside = new SetAside(target, true);
        setAside.add("17", claim(17), "550");
        assertThat(setAside.retry("17")).isTrue();
        try (ClaimLog log = new ClaimLog(target, Durability.of("interval", Duration.ofHours(1)))) {
            Files.writeString(record, "");
            setAside.resume(log, false);
            List<String> done = Files.readAllLines(record).stream()
                    .map(line -> line.replace(directory + "/", ""))
                    .toList();
            assertThat(done)
                    .containsSubsequence(
                            "force ftp/0000000000000000000.claims", "force ftp", "delete ftp/again/17.json");
        }
    }
}
