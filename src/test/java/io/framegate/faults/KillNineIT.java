package io.framegate.faults;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Senders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway killed at any moment leaves no file that is not whole, has everything that it has accepted, and delivers
 * all of it to a {@code file} and an {@code http} target. {@code -Dfaults.kills} is the number of kills.
 */
@Tag("faults")
class KillNineIT {

    private static final int ROUNDS = Integer.getInteger("faults.kills", 10);
    private static final int CAMERAS = 8;
    private static final Duration DELIVERY = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private final Random random = new Random();
    private final Senders senders = new Senders();

    @ParameterizedTest
    @ValueSource(strings = {"none", "interval", "always"})
    void killedAtAnyMomentItHasWholeImagesAndDeliversAllThatItAccepted(String durability) throws IOException {
        try (HashingReceiver http = new HashingReceiver();
                GatewayProcess gateway = new GatewayProcess(directory)
                        .with("framegate.durability", durability)
                        .with("framegate.deliver.file.enabled", "true")
                        .with("framegate.deliver.http.enabled", "true")
                        .with("framegate.deliver.http.url", http.url())) {
            ImageFolder folder = gateway.images();
            ImageFolder delivered = new ImageFolder(directory.resolve("delivered"));
            int leftovers = 0;
            for (int round = 0; round < ROUNDS; round++) {
                int millis = killedUnderLoad(gateway);
                leftovers += folder.temporaryFiles().size();
                Set<String> stored = new HashSet<>(folder.look().values());
                assertThat(stored)
                        .as("round %d, killed after %d ms: accepted", round, millis)
                        .containsAll(senders.accepted());
                assertThat(senders.begun())
                        .as("round %d, killed after %d ms: stored", round, millis)
                        .containsAll(stored);
                assertThat(senders.begun())
                        .as("round %d, killed after %d ms: delivered", round, millis)
                        .containsAll(delivered.lookAndDelete().values())
                        .containsAll(http.hashes());
                assertThat(numbers(folder)).doesNotHaveDuplicates();
            }
            assertThat(senders.accepted()).hasSizeGreaterThan(ROUNDS);
            assertThat(leftovers).as("kills in the middle of a write").isPositive();

            gateway.start();
            eventually("sweep").until(() -> folder.temporaryFiles().isEmpty());
            // What is stored, accepted or not, is delivered.
            Set<String> stored = new HashSet<>(folder.look().values());
            eventually("delivered to http", DELIVERY).until(() -> http.hashes().containsAll(stored));
            eventually("delivered to file", DELIVERY)
                    .until(() -> new HashSet<>(delivered.lookAndDelete().values()).containsAll(stored));
            assertThat(senders.begun())
                    .containsAll(http.hashes())
                    .containsAll(delivered.look().values());
            assertThat(delivered.temporaryFiles())
                    .as("left behind at the target")
                    .isEmpty();
            nextImageHasTheHighestNumber(gateway, folder);
        } finally {
            senders.close();
        }
    }

    /** Starts, floods and kills; after how many milliseconds. */
    private int killedUnderLoad(GatewayProcess gateway) {
        gateway.start();
        for (int number = 0; number < CAMERAS; number++) {
            int size = 20_000 + random.nextInt(200_000);
            if (number % 2 == 0) {
                senders.post(gateway.cameraPort(), number, size);
            } else {
                senders.stream(gateway.framesPort(), number, size);
            }
        }
        int millis = random.nextInt(2_000);
        CompletableFuture.runAsync(gateway::kill, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .join();
        senders.await();
        senders.close();
        return millis;
    }

    private static void nextImageHasTheHighestNumber(GatewayProcess gateway, ImageFolder folder) {
        ImageFolder last = gateway.images();
        CameraPacket packet = CameraPacket.scene(1, 1_000);
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
        last.awaitExactly(Duration.ofSeconds(5), packet.hashes());
        long highest = numbers(folder).stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(numbers(last)).allMatch(number -> number == highest);
    }

    private static List<Long> numbers(ImageFolder folder) {
        return folder.look().keySet().stream()
                .map(name -> Long.valueOf(name.split("_", -1)[1]))
                .toList();
    }
}
