package io.framegate.faults;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Senders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway killed at any moment leaves no file that is not whole and has everything that it has accepted. */
@Tag("faults")
class KillNineIT {

    private static final int ROUNDS = 20;
    private static final int CAMERAS = 8;

    @TempDir
    private Path directory;

    @Test
    void killedAtAnyMomentItHasWholeImagesAndAllThatItAccepted() {
        Random random = new Random();
        Senders senders = new Senders();
        try (GatewayProcess gateway = new GatewayProcess(directory)) {
            ImageFolder folder = gateway.images();
            int leftovers = 0;
            for (int round = 0; round < ROUNDS; round++) {
                gateway.start();
                for (int number = 0; number < CAMERAS; number++) {
                    if (number % 2 == 0) {
                        senders.post(gateway.cameraPort(), number, 20_000 + random.nextInt(200_000));
                    } else {
                        senders.stream(gateway.framesPort(), number, 20_000 + random.nextInt(200_000));
                    }
                }
                int millis = random.nextInt(2_000);
                CompletableFuture.runAsync(
                                gateway::kill, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                        .join();
                senders.await();
                senders.close();
                leftovers += folder.temporaryFiles().size();
                Set<String> stored = new HashSet<>(folder.look().values());
                assertThat(stored)
                        .as("round %d, killed after %d ms: accepted", round, millis)
                        .containsAll(senders.accepted());
                assertThat(senders.begun())
                        .as("round %d, killed after %d ms: stored", round, millis)
                        .containsAll(stored);
                assertThat(numbers(folder)).doesNotHaveDuplicates();
            }
            assertThat(senders.accepted()).hasSizeGreaterThan(ROUNDS);
            assertThat(leftovers).as("kills in the middle of a write").isPositive();

            gateway.start();
            eventually("sweep").until(() -> folder.temporaryFiles().isEmpty());
            ImageFolder last = gateway.images();
            CameraPacket packet = CameraPacket.scene(1, 1_000);
            try (Camera camera = gateway.camera()) {
                assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
            }
            last.awaitExactly(Duration.ofSeconds(5), packet.hashes());
            long highest =
                    numbers(folder).stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(numbers(last)).allMatch(number -> number == highest);
        } finally {
            senders.close();
        }
    }

    private static List<Long> numbers(ImageFolder folder) {
        return folder.look().keySet().stream()
                .map(name -> Long.valueOf(name.split("_", -1)[1]))
                .toList();
    }
}
