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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The port of a target is that of another server. */
@Tag("faults")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OtherProtocolIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** The property of each target that has the port, and what is before the port. */
    private static final Map<String, String> ADDRESSES = Map.of(
            "ftp", "port=",
            "sftp", "port=",
            "s3", "endpoint=http://127.0.0.1:",
            "http", "url=http://127.0.0.1:",
            "jms", "url=tcp://127.0.0.1:",
            "amqp", "url=amqp://127.0.0.1:",
            "kafka", "brokers=127.0.0.1:",
            "mqtt", "url=tcp://127.0.0.1:");

    @TempDir
    private Path directory = Path.of(".");

    private final AtomicInteger connections = new AtomicInteger();

    /** What the port says to whoever connects. */
    private enum Peer {
        SSH("SSH-2.0-x\r\n"),
        HTTP("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        SILENT("");

        private final String greeting;

        Peer(String greeting) {
            this.greeting = greeting;
        }

        private void serve(Socket client) {
            try (client) {
                if (!greeting.isEmpty()) {
                    client.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                }
                client.getInputStream().readAllBytes();
            } catch (IOException gone) {
                // The gateway has ended it.
            }
        }
    }

    private void serve(ServerSocket server, Peer peer) {
        daemon(() -> {
            while (true) {
                try {
                    Socket client = server.accept();
                    connections.incrementAndGet();
                    daemon(() -> peer.serve(client));
                } catch (SocketException closed) {
                    return;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "peer");
        thread.setDaemon(true);
        thread.start();
    }

    /** A target that works beside them gets its images, and a stop does not wait for the others. */
    @ParameterizedTest
    @EnumSource
    void gatewayLivesWithAllTargetsAtThePortOfAnotherServer(Peer peer) throws IOException {
        Path delivered = directory.resolve("delivered");
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                GatewayProcess gateway = allTargetsAt(other.getLocalPort())
                        .with("framegate.deliver.file.enabled", "true")
                        .with("framegate.deliver.file.directory", delivered.toString())
                        .with("framegate.web.enabled", "false")) {
            serve(other, peer);
            gateway.start();
            DeliverIT.post(gateway, Pictures.bareJpeg(20_000));
            for (String target : ADDRESSES.keySet()) {
                gateway.awaitLog(
                        Duration.ofMinutes(1), "not delivered, trying again", "route=\"deliver-to-" + target + "\"");
            }
            DeliverIT.post(gateway, Pictures.bareJpeg(20_000));
            eventually("delivered", SOON).ignoreExceptions().until(() -> files(delivered) == 2);
            assertThat(gateway.terminate()).isEqualTo(143);
            assertThat(gateway.log()).doesNotContain("OutOfMemoryError", "not delivered, set aside");
            assertThat(DeliverIT.outbox(gateway).lines().filter(line -> line.contains("waiting=2 setAside=0")))
                    .hasSameSizeAs(ADDRESSES.keySet());
        }
    }

    private GatewayProcess allTargetsAt(int port) throws IOException {
        GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway")).withOption("-Xmx256m");
        ADDRESSES.forEach((target, property) -> gateway.with("framegate.deliver." + target + ".enabled", "true")
                .with(
                        "framegate.deliver." + target + "." + property.replaceFirst("=.*", ""),
                        property.replaceFirst(".*=", "") + port));
        Path knownHosts = Files.createFile(directory.resolve("known_hosts"));
        return gateway.with("framegate.deliver.s3.path-style", "true")
                .with("framegate.deliver.s3.access-key", "key")
                .with("framegate.deliver.s3.secret-key", "test-secret-s3")
                .with("framegate.deliver.sftp.known-hosts", knownHosts.toString());
    }

    private static long files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
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
            serve(ssh, Peer.SSH);
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
