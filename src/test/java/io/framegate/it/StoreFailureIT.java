package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Camera.HttpAnswer;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that cannot be stored is tried again, then kept in quarantine, and the camera is told. */
class StoreFailureIT {

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    /** A file where the images' directory should be: no image can be written until it is gone. */
    private static Path obstacle;

    private ImageFolder folder;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory)
                .with("framegate.store.retries", "2")
                .with(
                        "framegate.images.name",
                        "${header.FramegateCameraName}/${header.FramegateCounter}.${header.FramegateExtension}")
                .start();
        obstacle = directory.resolve("images/02_00_5E_20_00_01");
    }

    @BeforeEach
    void block() throws IOException {
        folder = gateway.images();
        if (Files.isDirectory(obstacle)) {
            for (Path file : ImageFolder.files(obstacle)) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(obstacle);
        Files.writeString(obstacle, "in the way");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void imageIsStoredWhenTheFailurePasses() {
        CameraPacket packet = CameraPacket.scene(1, 2_000);
        try (Camera camera = gateway.camera()) {
            CompletableFuture<HttpAnswer> answer = CompletableFuture.supplyAsync(() -> camera.post(packet.xml()));
            Awaitility.await("the first attempt")
                    .during(Duration.ofMillis(200))
                    .atMost(Eventually.SOON)
                    .until(() -> !answer.isDone());
            try {
                Files.deleteIfExists(obstacle);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(answer.join().status()).isEqualTo(200);
        }
        assertThat(folder.look().values()).containsAll(packet.hashes());
    }

    @Test
    void unstorableImageIsQuarantinedOnceAndAnswered503() throws IOException {
        CameraPacket packet = CameraPacket.scene(1, 2_000);
        CameraPacket other = CameraPacket.scene(2, 2_000);
        String peer;
        try (Camera camera = gateway.camera()) {
            peer = camera.address();
            assertThat(camera.post(packet.xml()).status()).isEqualTo(503);
            assertThat(camera.post(other.xml()).status()).isEqualTo(200);
        }
        assertThat(folder.look().values()).containsAll(other.hashes());
        assertThat(kept()).containsAll(packet.hashes());
        assertThat(gateway.logLines("event not stored", peer)).hasSize(1);
        assertThat(gateway.logLines("rejected", peer, "reason=\"not-stored\"")).hasSize(1);
        assertThat(gateway.logLines("\tat ")).isEmpty();
        assertThat(folder.temporaryFiles()).isEmpty();
    }

    @Test
    void imageOfACameraThatIsNotAnsweredIsInQuarantine() {
        CameraPacket packet = CameraPacket.scene(1, 2_000);
        CameraPacket next = CameraPacket.scene(2, 2_000);
        try (Camera camera = gateway.camera()) {
            camera.send(packet.xml()).send(next.xml());
            eventually("the next image").until(() -> folder.look().values().containsAll(next.hashes()));
            eventually("quarantine").until(() -> kept().containsAll(packet.hashes()));
        }
    }

    @Test
    void stepThatFailsAfterTheStoreCostsNeitherImageNorTime() throws IOException {
        String routes = gateway.route("store.camel.yaml");
        String webhook = "        - to:\n            uri: http://127.0.0.1:" + GatewayProcess.freePort() + "/\n";
        Files.delete(obstacle);
        try {
            gateway.editRoute("store.camel.yaml", "\n# The one step that", webhook + "\n# The one step that");
            gateway.awaitLog(Eventually.SOON, "routes changed", "store.camel.yaml");
            CameraPacket packet = CameraPacket.scene(7, 2_000);
            try (Camera camera = gateway.camera()) {
                assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
                String peer = camera.address();
                assertThat(gateway.logLines("event stored, a step after that failed", peer))
                        .hasSize(1);
                assertThat(gateway.logLines("io.framegate.rejected", peer)).isEmpty();
            }
            assertThat(folder.look().values()).containsAll(packet.hashes());
            assertThat(kept()).doesNotContainAnyElementsOf(packet.hashes());
            // Repeated attempts would have stored it again.
            assertThat(ImageFolder.files(directory.resolve("images/02_00_5E_20_00_07")))
                    .hasSize(1);
        } finally {
            gateway.writeRoute("store.camel.yaml", routes);
        }
    }

    private static List<String> kept() throws IOException {
        return ImageFolder.files(gateway.quarantine()).stream()
                .filter(file -> file.toString().endsWith(".bin"))
                .map(file -> {
                    try {
                        return Pictures.sha256(Files.readAllBytes(file));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
