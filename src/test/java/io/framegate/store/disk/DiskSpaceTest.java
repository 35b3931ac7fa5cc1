package io.framegate.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.intake.InFlight;
import io.framegate.watch.DiskHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class DiskSpaceTest {

    @TempDir
    private Path directory = Path.of(".");

    private DiskSpace disk(String minFree) {
        return new DiskSpace(new InFlight(1000), minFree, List.of(directory, directory.resolve("not-there")));
    }

    @Test
    void aDiskWithSpaceIsNoReason() {
        try (DiskSpace disk = disk("1")) {
            disk.check();
            assertThat(disk.shortage()).isNull();
            assertThat(disk.isReasonOf(new IOException("Permission denied"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "no byte could be written"})
    void writeThatFailsForLackOfSpaceIsAShortageUntilOneSucceeds(String reason) {
        try (DiskSpace disk = disk("0")) {
            disk.start();
            Exception failure = new UncheckedIOException("counter", new FileSystemException("a.part", null, reason));
            assertThat(disk.isReasonOf(failure)).isTrue();
            disk.check();
            assertThat(disk.shortage()).isNotNull();
            await().atMost(Duration.ofSeconds(5)).until(() -> disk.shortage() == null);
        }
    }

    @Test
    void whileThereIsAShortageEveryFailureMayComeFromIt() {
        try (DiskSpace disk = disk("0")) {
            assertThat(disk.isReasonOf(new IOException("No space left on device")))
                    .isTrue();
            disk.check();
            assertThat(disk.isReasonOf(new IOException("Cannot rename file"))).isTrue();
        }
    }

    /** Copies of rejected packets, of which some are left. */
    private final class SomeRejects implements Rejects {
        private int left = 2;

        @Override
        public Path directory() {
            return directory;
        }

        @Override
        public boolean makeRoom(long bytes) {
            return left-- > 0;
        }

        @Override
        public boolean makeRoomForFiles() {
            return left-- > 0;
        }
    }

    @Test
    void rejectsAreDeletedBeforeCamerasWait() throws IOException {
        Path images = Files.createDirectory(directory.resolve("images"));
        try (DiskSpace disk = new DiskSpace(new InFlight(1000), "0", List.of(images, directory))) {
            disk.setRejects(new SomeRejects());
            for (int copies = 2; copies > 0; copies--) {
                assertThat(disk.isReasonOf(new IOException("No space left on device")))
                        .isTrue();
                disk.check();
                assertThat(disk.shortage()).isNull();
            }
            assertThat(disk.isReasonOf(new IOException("No space left on device")))
                    .isTrue();
            disk.check();
            assertThat(disk.shortage()).isNotNull();
        }
    }

    @Test
    void diskThatHasOnlyRejectsStopsNoCamera() throws IOException {
        Path images = directory.resolve("not-there");
        try (DiskSpace disk = new DiskSpace(new InFlight(1000), "49%", List.of(images, directory))) {
            disk.setRejects(new SomeRejects());
            disk.check();
            assertThat(disk.shortage()).isNull();
        }
    }

    @Test
    void diskOfADirectoryThatIsAddedIsWatched() {
        Path images = directory.resolve("not-there");
        try (DiskSpace disk = new DiskSpace(new InFlight(1000), "0", List.of(images))) {
            disk.add(directory);
            disk.add(directory);
            assertThat(disk.directories()).containsExactly(images, directory);
            assertThat(disk.isReasonOf(new IOException("No space left on device")))
                    .isTrue();
            disk.check();
            assertThat(disk.shortage())
                    .isNotNull()
                    .extracting(DiskShortage::directory)
                    .isEqualTo(directory);
        }
    }

    @Test
    void theEndOfTheGatewayWaitsForSpaceOnlyShortly() {
        try (DiskSpace disk = disk("0")) {
            assertThat(disk.mayWait()).isTrue();
            disk.stopping();
            assertThat(disk.mayWait()).isTrue();
            await().atMost(Duration.ofSeconds(8)).until(() -> !disk.mayWait());
        }
    }

    @Test
    void healthSaysWhatIsMissing() throws IOException {
        try (DiskSpace disk = disk("0");
                DefaultCamelContext context = new DefaultCamelContext()) {
            DiskHealth health = new DiskHealth(disk);
            health.setCamelContext(context);
            assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(disk.isReasonOf(new IOException("No space left on device")))
                    .isTrue();
            disk.check();
            assertThat(health.call().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.call().getMessage())
                    .hasValueSatisfying(message -> assertThat(message).contains("disk nearly full"));
            assertThat(health.call().getDetails()).containsEntry("directory", directory.toString());
        }
    }
}
