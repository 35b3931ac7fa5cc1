package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OutboxCommandTest {

    private static final Claim CLAIM = new Claim("image_17.jpg", Map.of("FramegateCameraName", "gate"));

    @TempDir
    private Path directory = Path.of(".");

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new OutboxCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(complained))
                .execute(arguments);
    }

    private int runHere(String... arguments) {
        String[] all = List.of(arguments).toArray(new String[arguments.length + 2]);
        all[arguments.length] = "--directory";
        all[arguments.length + 1] = directory.toString();
        return run(all);
    }

    private void prepare() throws IOException {
        try (Outbox outbox = new Outbox(directory, List.of("ftp", "s3"), Durability.NONE)) {
            ClaimLog log = outbox.log("s3");
            log.settle(log.append(CLAIM));
            outbox.setAside("ftp").add("17-gate", CLAIM, "550 no such directory");
            outbox.setAside("ftp").add("18-gate", CLAIM, "550 no such directory");
        }
    }

    @Test
    void showsWhatWaitsAndWhatWasRefusedWithItsReason() throws IOException {
        prepare();
        assertThat(runHere()).isZero();
        assertThat(said.toString().lines())
                .anyMatch("ftp waiting=0 setAside=2"::equals)
                .anyMatch("s3 waiting=1 setAside=0"::equals)
                .anyMatch(line ->
                        line.matches("  17-gate at=\\S+ image=image_17\\.jpg reason=\"550 no such directory\""));
    }

    @Test
    void whatIsToBeTriedAgainIsAtTheEndOfTheLog() throws Exception {
        prepare();
        assertThat(runHere("--retry", "ftp", "17-gate")).isZero();
        try (Outbox outbox = new Outbox(directory, List.of("ftp"), Durability.NONE)) {
            outbox.resumeSetAside("ftp");
            outbox.resumeSetAside("ftp");
            assertThat(Objects.requireNonNull(outbox.log("ftp").await(0)).claim())
                    .isEqualTo(CLAIM);
            assertThat(outbox.waiting("ftp")).isEqualTo(1);
            assertThat(outbox.setAside("ftp").list())
                    .extracting(SetAside.Item::name)
                    .containsExactly("18-gate");
        }
    }

    @Test
    void withoutNamesAllAreTriedAgain() throws IOException {
        prepare();
        assertThat(runHere("--retry", "ftp")).isZero();
        assertThat(said.toString().lines()).containsExactly("17-gate", "18-gate");
    }

    @Test
    void nameThatIsNotThereIsSaidAndTheOthersAreTriedAgain() throws IOException {
        prepare();
        assertThat(runHere("--retry", "ftp", "../17-gate", "18-gate")).isEqualTo(1);
        assertThat(said.toString().lines()).containsExactly("18-gate");
        assertThat(complained.toString()).contains("name: ../17-gate is not set aside");
    }

    @Test
    void noOutboxAndNoTargetAreSaid() throws IOException {
        assertThat(run("--directory", directory.resolve("none").toString())).isEqualTo(1);
        prepare();
        assertThat(runHere("--retry", "kafka")).isEqualTo(1);
        assertThat(runHere("17-gate")).isEqualTo(2);
        assertThat(complained.toString()).contains("outbox: no ", "target: kafka", "names without --retry");
    }

    @Test
    void discardDropsATargetThatNoGatewayHas() throws IOException {
        prepare();
        try (Outbox running = new Outbox(directory, List.of("s3"), Durability.NONE)) {
            assertThat(runHere("--discard", "s3")).isEqualTo(1);
            assertThat(running.waiting("s3")).isEqualTo(1);
        }
        assertThat(runHere("--discard", "../ftp")).isEqualTo(1);
        assertThat(runHere("--discard", "s3", "--retry", "s3")).isEqualTo(2);
        assertThat(runHere("--discard", "ftp")).isZero();
        assertThat(runHere("--discard", "s3")).isZero();
        assertThat(said.toString().lines())
                .containsExactly("ftp discarded waiting=0 setAside=2", "s3 discarded waiting=1 setAside=0");
        assertThat(complained.toString()).contains("target: s3 is in use", "target: ../ftp", "expected: one of them");
        assertThat(directory).isEmptyDirectory();
    }
}
