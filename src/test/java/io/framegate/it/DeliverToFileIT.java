package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is stored comes to a second tree of files too, however long that is away. */
@Execution(ExecutionMode.CONCURRENT)
class DeliverToFileIT {

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
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", delivered.toString())
                .with("framegate.deliver.max-retry-delay", "2s");
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private List<byte[]> send(int images) {
        List<byte[]> sent = new ArrayList<>();
        try (Camera camera = gateway.camera()) {
            for (int image = 0; image < images; image++) {
                byte[] picture = Pictures.bareJpeg(20_000 + image);
                sent.add(picture);
                int status = camera.post(
                                CameraPacket.of("<config><sourceBase64Data>{0}</sourceBase64Data></config>", picture)
                                        .xml())
                        .status();
                assertThat(status).isEqualTo(200);
            }
        }
        return sent;
    }

    @Test
    void everyImageArrivesByteForByteUnderItsCameraAndDay() {
        gateway.start();
        List<byte[]> sent = send(100);
        assertThat(target.awaitExactly(sent).keySet())
                .allMatch(name -> name.matches(
                        "127\\.0\\.0\\.1/[0-9]{4}/[0-9]{2}/[0-9]{2}/127\\.0\\.0\\.1-untimed-[0-9a-f]{16}\\.jpg"));
    }

    @Tag("faults")
    @Test
    void whatWaitsWhileTheTargetIsAwayArrivesWhenItReturns() throws IOException {
        // A file in the place of the directory.
        Files.writeString(delivered, "away");
        gateway.start();
        List<byte[]> sent = send(100);
        gateway.awaitLog(Duration.ofMinutes(1), "not delivered, trying again", "deliver-to-file");
        Files.delete(delivered);
        target.awaitExactly(sent);
    }

    @Tag("faults")
    @Test
    void whatWaitedWhenTheGatewayWasKilledArrivesAfterItsRestart() throws IOException {
        Files.writeString(delivered, "away");
        gateway.start();
        List<byte[]> sent = send(300);
        gateway.kill();
        Files.delete(delivered);
        gateway.start();
        target.awaitExactly(sent);
        assertThat(gateway.terminate()).isEqualTo(143);
        eventually("an empty outbox").untilAsserted(() -> assertThat(
                        ImageFolder.files(gateway.directory().resolve("outbox")))
                .hasSize(1)
                .allMatch(file -> file.endsWith("file/lock")));
    }

    @Tag("faults")
    @Test
    void stopDoesNotWaitForATargetThatIsAway() throws IOException {
        Files.writeString(delivered, "away");
        gateway.start();
        List<byte[]> sent = send(10);
        gateway.awaitLog(Duration.ofMinutes(1), "not delivered, trying again");
        assertThat(gateway.terminate()).isEqualTo(143);
        assertThat(gateway.logLines("set aside")).isEmpty();
        Files.delete(delivered);
        gateway.start();
        target.awaitExactly(sent);
    }

    @Tag("faults")
    @Test
    void claimsOfATargetThatIsOffAreReportedAndDeliveredLater() throws IOException {
        Files.writeString(delivered, "away");
        gateway.start();
        List<byte[]> sent = send(10);
        gateway.kill();
        gateway.with("framegate.deliver.file.enabled", "false").start();
        gateway.awaitLog(Duration.ofMinutes(1), "claims of a target that is off", "target=\"file\"", "waiting=\"10\"");
        gateway.kill();
        Files.delete(delivered);
        gateway.with("framegate.deliver.file.enabled", "true").start();
        target.awaitExactly(sent);
    }
}
