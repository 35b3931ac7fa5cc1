package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port of a target is that of another server. */
@Tag("faults")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OtherProtocolIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of(".");

    private final AtomicInteger connections = new AtomicInteger();

    private void greetAsSsh(ServerSocket server) {
        while (true) {
            try (Socket client = server.accept()) {
                connections.incrementAndGet();
                client.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Kafka's client takes the first four bytes for a length, here 1.4 GB. */
    @Test
    void gatewayLivesWithAKafkaTargetAtAnSshPort() throws IOException {
        try (ServerSocket ssh = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                GatewayProcess gateway = new GatewayProcess(directory)
                        .withOption("-Xmx200m")
                        .with("framegate.deliver.kafka.enabled", "true")
                        .with("framegate.deliver.kafka.brokers", "127.0.0.1:" + ssh.getLocalPort())
                        .with("framegate.web.enabled", "false")
                        .start()) {
            Thread thread = new Thread(() -> greetAsSsh(ssh), "ssh");
            thread.setDaemon(true);
            thread.start();
            try (Camera camera = gateway.camera()) {
                camera.send(Http.post("/", EventPackets.scene(Pictures.bareJpeg(20_000))));
                assertThat(camera.answer().status()).isEqualTo(200);
                gateway.awaitLog(SOON, "not delivered, trying again", "speaks SSH (expected: Kafka at");
                // The next attempts do no harm either.
                eventually("tried again", SOON).until(() -> connections.get() >= 4);
                camera.send(Http.post("/", EventPackets.scene(Pictures.bareJpeg(20_000))));
                assertThat(camera.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.isAlive()).isTrue();
        }
    }
}
