package io.framegate.faults;

import static io.framegate.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.Camera;
import io.framegate.it.CameraPacket;
import io.framegate.it.GatewayProcess;
import io.framegate.it.ImageFolder;
import io.framegate.it.Senders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images are on a disk of 20 MB that nobody else sees: a tmpfs in a mount namespace of the gateway's own. */
@Tag("faults")
class DiskFullIT {

    private static final String MOUNTED = "mount -t tmpfs -o size=20m tmpfs images && exec \"$@\"";

    @TempDir
    private Path directory;

    @BeforeEach
    void namespacesAreAllowed() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("try/images"));
        Process attempt = new ProcessBuilder("unshare", "-Urm", "sh", "-c", MOUNTED, "sh", "true")
                .directory(directory.resolve("try").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = attempt.waitFor(10, TimeUnit.SECONDS);
        assumeTrue(ended && attempt.exitValue() == 0, "needs user namespaces: unshare -Urm is not permitted here");
    }

    @Test
    void fullDiskRefusesImagesWholeAndTakesThemAgainWhenThereIsSpace() throws IOException {
        Path home = Files.createDirectories(directory.resolve("gateway"));
        Files.createDirectories(home.resolve("images"));
        Senders senders = new Senders();
        try (GatewayProcess gateway = new GatewayProcess(home)
                .under("unshare", "-Urm", "sh", "-c", MOUNTED, "sh")
                .with("framegate.store.retries", "1")
                .start()) {
            // The shell became the gateway, so this is the gateway's view of its directory.
            Path images = Path.of("/proc", Long.toString(gateway.pid()), "root" + home.toAbsolutePath() + "/images");
            ImageFolder folder = new ImageFolder(images);
            ImageFolder quarantine = new ImageFolder(gateway.quarantine());
            for (int number = 0; number < 4; number++) {
                senders.post(gateway.cameraPort(), number, 300_000);
            }
            senders.stream(gateway.framesPort(), 5, 300_000);
            eventually("refusals", Duration.ofSeconds(60)).until(() -> senders.refused() >= 12);
            assertThat(gateway.isAlive()).isTrue();
            nothingHalf(folder, senders);
            Set<String> whenFull = Set.copyOf(folder.look().keySet());

            List<String> deleted = new ArrayList<>(whenFull);
            for (String name : deleted.subList(0, deleted.size() / 2)) {
                Files.delete(images.resolve(name));
            }
            int acceptedBefore = senders.accepted().size();
            eventually("stored again", Duration.ofSeconds(5)).until(() -> {
                folder.look();
                return senders.accepted().size() > acceptedBefore;
            });
            senders.stop();
            nothingHalf(folder, senders);
            // A camera that waits for no answer cannot send again.
            Set<String> missing = new HashSet<>(senders.whole());
            eventually("every image somewhere", Duration.ofSeconds(60)).until(() -> {
                missing.removeAll(folder.look().values());
                missing.removeAll(quarantine.look().values());
                return missing.isEmpty();
            });
            assertThat(gateway.logLines("\tat ")).as("stack traces").isEmpty();

            for (Path file : ImageFolder.files(images)) {
                if (file.toString().endsWith(".jpg")) {
                    Files.delete(file);
                }
            }
            CameraPacket packet = CameraPacket.scene(9, 100_000);
            ImageFolder emptied = new ImageFolder(images);
            try (Camera camera = gateway.camera()) {
                assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
            }
            assertThat(emptied.look().values()).containsAll(packet.hashes());
            eventually("no temporary file").until(() -> folder.temporaryFiles().isEmpty());
            assertThat(gateway.terminate()).isEqualTo(143);
        } finally {
            senders.close();
        }
    }

    private static void nothingHalf(ImageFolder folder, Senders senders) {
        Set<String> stored = new HashSet<>(folder.look().values());
        assertThat(stored).containsAll(senders.accepted());
        assertThat(senders.begun()).containsAll(stored);
    }
}
