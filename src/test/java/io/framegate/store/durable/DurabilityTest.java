package io.framegate.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which forces reach the file system, and in which order. */
@Timeout(30)
class DurabilityTest {

    @TempDir
    private Path directory = Path.of(".");

    private Path record = Path.of(".");
    private Path root = Path.of(".");

    @BeforeEach
    void spy() throws IOException {
        record = directory.resolve("record");
        Files.createFile(record);
        root = SpiedFiles.spied(Files.createDirectory(directory.resolve("root")), record);
    }

    /** The paths that were forced, relative to the test's directory. */
    private List<String> forced() throws IOException {
        return Files.readAllLines(record).stream()
                .filter(line -> line.startsWith("force "))
                .map(line -> line.substring(6).replace(directory + "/", ""))
                .toList();
    }

    /** Writes a file and reports the steps as the store does for an image. */
    private void store(Durability durability, String path) throws IOException {
        Path file = root.resolve(path);
        Path parent = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent);
            durability.made(root, parent);
        }
        Path part = file.resolveSibling("part");
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            durability.content(channel);
        }
        Files.move(part, file);
        durability.renamed(root, file);
    }

    @Test
    void alwaysForcesContentBeforeTheNameAndTheNameBeforeItReturns() throws IOException {
        try (Durability always = Durability.of("always", Duration.ofSeconds(1))) {
            store(always, "a.jpg");
            assertThat(forced()).containsExactly("root/part", "root");
        }
    }

    @Test
    void directoriesMadeOnTheWayAreForcedOnceFromTheTop() throws IOException {
        try (Durability always = Durability.of("always", Duration.ofSeconds(1))) {
            store(always, "2026/03/a.jpg");
            store(always, "2026/03/b.jpg");
            assertThat(forced())
                    .containsExactly(
                            "root/2026/03/part",
                            "root",
                            "root/2026",
                            "root/2026/03",
                            "root/2026/03/part",
                            "root/2026/03");
        }
    }

    @Test
    void directoryThatSomebodyDeletedIsForcedAnewWhenItIsMadeAgain() throws IOException {
        try (Durability always = Durability.of("always", Duration.ofSeconds(1))) {
            store(always, "day/a.jpg");
            Files.delete(root.resolve("day/a.jpg"));
            Files.delete(root.resolve("day"));
            store(always, "day/b.jpg");
            assertThat(forced()).filteredOn("root"::equals).hasSize(2);
        }
    }

    @Test
    void rootIsMadeWithAllThatIsMissingAboveIt() throws IOException {
        try (Durability always = Durability.of("always", Duration.ofSeconds(1))) {
            always.makeRoot(root.resolve("a/b"));
            assertThat(forced()).contains("root/a/b", "root/a", "root");
        }
    }

    @Test
    void noneForcesNothing() throws IOException {
        store(Durability.NONE, "a/b.jpg");
        Durability.NONE.added(new SharedForce(() -> Force.directory(root)));
        assertThat(forced()).isEmpty();
    }

    @Test
    void intervalForcesClaimsThenFilesThenNames() throws IOException {
        try (Durability interval = Durability.of("interval", Duration.ofMillis(200))) {
            SharedForce claims = new SharedForce(() -> Force.file(Files.writeString(root.resolve("claims"), "")));
            interval.added(claims);
            store(interval, "day/a.jpg");
            interval.added(claims);
            store(interval, "day/b.jpg");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> forced().contains("root/day"));
            assertThat(forced())
                    .containsSubsequence("root/claims", "root/day/a.jpg", "root", "root/day")
                    .contains("root/day/b.jpg");
        }
    }

    @Test
    void closingAnIntervalForcesTheRest() throws IOException {
        Durability interval = Durability.of("interval", Duration.ofHours(1));
        store(interval, "a.jpg");
        assertThat(forced()).isEmpty();
        interval.close();
        assertThat(forced()).containsExactly("root/a.jpg", "root");
    }

    @Test
    void moreFilesThanMayWaitAreForcedByWhoWritesThem() throws IOException {
        try (Durability interval = Durability.of("interval", Duration.ofHours(1))) {
            for (int file = 1; file < IntervalDurability.MOST; file++) {
                store(interval, file + ".jpg");
            }
            assertThat(forced()).isEmpty();
            store(interval, "last.jpg");
            assertThat(forced()).hasSize(IntervalDurability.MOST + 1).endsWith("root/last.jpg", "root");
        }
    }

    @Test
    void fileThatSomebodyTookInTheIntervalHoldsUpNoOther() throws IOException {
        Durability interval = Durability.of("interval", Duration.ofHours(1));
        store(interval, "a.jpg");
        store(interval, "b.jpg");
        Files.delete(root.resolve("a.jpg"));
        interval.close();
        assertThat(forced()).containsExactly("root/b.jpg", "root");
    }

    @Test
    void nameThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> Durability.of("sometimes", Duration.ofSeconds(1)))
                .hasMessage("durability: sometimes (expected: none, interval, always)");
    }
}
