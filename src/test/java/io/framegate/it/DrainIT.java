package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code framegate drain} empties a gateway before it ends. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DrainIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of(".");

    private GatewayProcess gateway(Path delivered) {
        return new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", delivered.toString())
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "200ms");
    }

    private static Process drain(GatewayProcess gateway) throws IOException {
        return new ProcessBuilder(FramegateJar.command(List.of(), "drain"))
                .directory(gateway.directory().toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static String ready(GatewayProcess gateway) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + gateway.webPort() + "/observe/health/ready");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private static byte[] post(Camera camera) {
        byte[] picture = Pictures.bareJpeg(20_000);
        byte[] packet = CameraPacket.of("<config><sourceBase64Data>{0}</sourceBase64Data></config>", picture)
                .xml();
        assertThat(camera.post(packet).status()).isEqualTo(200);
        return picture;
    }

    @Test
    void drainedGatewayDeliversWhatWaitsAndEndsWithZero() throws Exception {
        Path delivered = Files.writeString(directory.resolve("delivered"), "away");
        try (GatewayProcess gateway = gateway(delivered)) {
            gateway.start();
            byte[] picture;
            try (Camera camera = gateway.camera()) {
                picture = post(camera);
                gateway.awaitLog(SOON, "not delivered, trying again");
                Process command = drain(gateway);
                gateway.awaitLog(SOON, "draining: no new connections", "waiting=\"file=1\"");
                assertThat(camera.isClosedWithin(SOON)).isTrue();
                eventually("not ready")
                        .untilAsserted(() -> assertThat(ready(gateway)).contains("framegate-drain", "DOWN"));
                assertThat(gateway.isAlive()).isTrue();
                Files.delete(delivered);
                assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(new String(command.getInputStream().readAllBytes(), UTF_8))
                        .contains("the gateway has ended");
                assertThat(command.exitValue()).isZero();
            }
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(gateway.logLines("drained, ending")).hasSize(1);
            assertThat(ImageFolder.files(delivered)).singleElement().satisfies(file -> assertThat(file)
                    .hasBinaryContent(picture));
        }
    }

    @Tag("faults")
    @Test
    void gatewayThatIsToldToStopDeliversWhatWaitsIfItDrainsOnStop() throws Exception {
        Path delivered = Files.writeString(directory.resolve("delivered"), "away");
        try (GatewayProcess gateway = gateway(delivered).with("framegate.drain.on-stop", "true")) {
            gateway.start();
            byte[] picture;
            try (Camera camera = gateway.camera()) {
                picture = post(camera);
                gateway.awaitLog(SOON, "not delivered, trying again");
                gateway.sendTerm();
                gateway.awaitLog(SOON, "draining: no new connections", "waiting=\"file=1\"");
                assertThat(camera.isClosedWithin(SOON)).isTrue();
                assertThat(ready(gateway)).contains("framegate-drain", "DOWN");
                Files.delete(delivered);
            }
            assertThat(gateway.awaitEnd()).isEqualTo(143);
            assertThat(gateway.logLines("drained, ending")).hasSize(1);
            assertThat(gateway.logLines(" - stopped")).hasSize(1);
            assertThat(ImageFolder.files(delivered)).singleElement().satisfies(file -> assertThat(file)
                    .hasBinaryContent(picture));
        }
    }

    @Tag("faults")
    @Test
    void gatewayThatCannotDeliverEndsAfterTheTimeAndSaysWhatIsLeft() throws Exception {
        Path delivered = Files.writeString(directory.resolve("delivered"), "away");
        try (GatewayProcess gateway = gateway(delivered).with("framegate.drain.timeout", "1s")) {
            gateway.start();
            try (Camera camera = gateway.camera()) {
                post(camera);
            }
            Process command = drain(gateway);
            assertThat(gateway.awaitEnd()).isEqualTo(4);
            assertThat(new String(command.getInputStream().readAllBytes(), UTF_8))
                    .contains("ended before its drain was complete (expected: nothing left;");
            assertThat(command.waitFor()).isEqualTo(4);
            assertThat(gateway.logLines("not drained in framegate.drain.timeout"))
                    .singleElement()
                    .asString()
                    .contains("waiting=\"file=1\"");
        }
    }

    @Test
    void commandWithoutAGatewaySaysSo() throws Exception {
        Process command = new ProcessBuilder(FramegateJar.command(List.of(), "drain"))
                .directory(Files.createDirectories(directory.resolve("empty")).toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), UTF_8);
        assertThat(said).contains("images (expected: the images of a running gateway)");
        assertThat(command.waitFor()).isEqualTo(1);
    }
}
