package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Images are deleted when they are more than is to be kept, and never before they are delivered. */
@Execution(ExecutionMode.CONCURRENT)
class RetentionIT {

    private static final int IMAGE_SIZE = 20_000;

    @TempDir
    private Path directory;

    private GatewayProcess gateway;
    private Path delivered;
    private ImageFolder target;

    @BeforeEach
    void prepare() {
        delivered = directory.resolve("delivered");
        target = new ImageFolder(delivered);
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.retention.max-size", "100KB")
                .with("framegate.retention.every", "500ms")
                .with("framegate.images.name", "${header.FramegateReceivedDate}/image_${header.FramegateCounter}.jpg")
                .with("framegate.sidecar.enabled", "true")
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", delivered.toString())
                .with("framegate.deliver.max-retry-delay", "1s");
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private List<byte[]> send(int images) {
        List<byte[]> sent = new ArrayList<>();
        try (Camera camera = gateway.camera()) {
            for (int image = 0; image < images; image++) {
                CameraPacket packet = CameraPacket.scene(1, IMAGE_SIZE + image);
                assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
                sent.addAll(packet.images());
            }
        }
        return sent;
    }

    private Set<String> names(String ending) {
        return ImageFolder.files(gateway.directory().resolve("images")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(ending))
                .collect(Collectors.toSet());
    }

    @Tag("faults")
    @Test
    void whatIsNotDeliveredStaysAndTheOldestGoWhenItIs() throws IOException {
        // A file in the place of the directory: the target is away.
        Files.writeString(delivered, "away");
        gateway.start();
        List<byte[]> sent = send(30);
        gateway.awaitLog(Duration.ofMinutes(1), " WARN ", "every image that is left has still to be delivered");
        Awaitility.await("further rounds")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> names(".jpg").size() == 30);
        assertThat(gateway.logLines("has still to be delivered")).hasSize(1);
        assertThat(gateway.logLines("images deleted")).isEmpty();

        gateway.kill();
        gateway.start();
        Awaitility.await("the same after a restart")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> names(".jpg").size() == 30);

        Files.delete(delivered);
        target.awaitExactly(sent);
        eventually("only the newest").until(() -> names(".jpg").size() < 5);
        // 100 KB are four of these and their sidecars.
        assertThat(names(".jpg"))
                .containsExactlyInAnyOrder("image_27.jpg", "image_28.jpg", "image_29.jpg", "image_30.jpg");
        assertThat(names(".jpg.json"))
                .containsExactlyInAnyOrder(
                        "image_27.jpg.json", "image_28.jpg.json", "image_29.jpg.json", "image_30.jpg.json");
        gateway.awaitLog(Duration.ofMinutes(1), "images deleted");
        assertThat(gateway.logLines("not delivered, there is no such image")).isEmpty();
    }

    @Tag("faults")
    @Test
    void imagesThatComeWhileOthersAreDeletedAreAllDelivered() {
        gateway.with("framegate.retention.max-size", "20KB")
                .with("framegate.retention.every", "10ms")
                .with(
                        "framegate.images.name",
                        "${header.FramegateCounter}/image_${header.FramegateCounter}_.${header.FramegateExtension}")
                .start();
        List<byte[]> sent = send(300);
        target.awaitExactly(sent);
        eventually("one image at the most").until(() -> names(".jpg").size() <= 1);
        assertThat(gateway.logLines("event not stored")).isEmpty();
        assertThat(gateway.logLines("no such image")).isEmpty();
        eventually("no directory that is empty").until(() -> {
            try (var directories = Files.newDirectoryStream(gateway.directory().resolve("images"))) {
                int count = 0;
                for (Path ignored : directories) {
                    count++;
                }
                return count <= 2;
            }
        });
    }
}
