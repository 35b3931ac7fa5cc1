package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored comes to each kind of target, by properties alone. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeliverIT {

    private static final int CAMERAS = 4;
    private static final Duration ARRIVES = Duration.ofSeconds(40);

    @Tag("faults")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP")
    void imagesArriveAlsoAfterAnAbsenceAndRefusedOnesAreSetAside(Target target, @TempDir Path directory)
            throws Exception {
        arriveAlsoAfterAnAbsence(target, directory);
    }

    /** The same in each build, with the server that starts fastest. */
    @Test
    void imagesArriveAlsoAfterAnAbsenceOfTheHttpServer(@TempDir Path directory) throws Exception {
        arriveAlsoAfterAnAbsence(Target.HTTP, directory);
    }

    private static void arriveAlsoAfterAnAbsence(Target target, Path directory) throws Exception {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)) {
            // Away at the start, which keeps nobody from starting.
            gateway.start();
            List<byte[]> sent = new ArrayList<>(send(gateway, 20));
            server.start();
            sent.addAll(send(gateway, 80));
            awaitArrival(target, server, sent);

            server.stop();
            sent.addAll(send(gateway, 20));
            // Kafka's client keeps trying by itself for some seconds.
            gateway.awaitLog(ARRIVES, "not delivered, trying again");
            server.start();
            awaitArrival(target, server, sent);

            byte[] refused = refused(server);
            post(gateway, refused);
            gateway.awaitLog(ARRIVES, "not delivered, set aside", "target=\"" + target.kind() + "\"");
            if (server.maxLength() == Integer.MAX_VALUE) {
                server.refuse(name -> false);
            }
            sent.addAll(send(gateway, 8));
            awaitArrival(target, server, sent);
            assertThat(outbox(gateway))
                    .contains(target.kind() + " waiting=0 setAside=1")
                    .contains("reason=\"");

            assertThat(gateway.terminate()).isEqualTo(143);
            assertThat(gateway.log()).doesNotContain("test-secret");
        }
    }

    @Tag("faults")
    @Test
    void wrongCredentialsSetNothingAside(@TempDir Path directory) {
        try (AllTargets targets = new AllTargets(
                        directory.resolve("servers"),
                        Target.FTP,
                        Target.S3,
                        Target.JMS,
                        Target.AMQP,
                        Target.KAFKA,
                        Target.MQTT);
                GatewayProcess gateway = targets.enable(new GatewayProcess(directory.resolve("gateway")))
                        .with("framegate.deliver.retry-delay", "100ms")
                        .with("framegate.deliver.max-retry-delay", "500ms")
                        .with("framegate.deliver.refusals", "1")
                        .with("framegate.web.enabled", "false")) {
            targets.set(gateway, "password", "test-secret-wrong");
            gateway.with("framegate.deliver.s3.secret-key", "test-secret-wrong").start();
            send(gateway, CAMERAS);
            targets.check((target, server) -> gateway.awaitLog(
                    ARRIVES, "not delivered, trying again", "route=\"deliver-to-" + target.kind() + "\""));
            eventually("tried again", ARRIVES).pollDelay(Duration.ofSeconds(1)).until(() -> true);
            assertThat(gateway.logLines("set aside")).isEmpty();
            assertThat(gateway.log()).doesNotContain("test-secret");
            targets.check((target, server) -> assertThat(server.delivered()).isEmpty());
        }
    }

    static GatewayProcess gateway(Target target, TargetServer server, Path directory) {
        GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver." + target.kind() + ".enabled", "true")
                .with("framegate.deliver." + target.kind() + ".concurrency", "4")
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "500ms")
                .with("framegate.web.enabled", "false");
        server.properties().forEach(gateway::with);
        if (target == Target.FTPS) {
            gateway.with("javax.net.ssl.trustStore", directory.resolve("server/certificate/trusted.p12") + "")
                    .with("javax.net.ssl.trustStorePassword", Certificate.PASSWORD);
        }
        return gateway;
    }

    /** Sends a number of images, from four cameras in turn. */
    static List<byte[]> send(GatewayProcess gateway, int images) {
        List<byte[]> sent = new ArrayList<>();
        for (int number = 1; number <= CAMERAS; number++) {
            try (Camera camera = Camera.connect(gateway.cameraPort(), "127.0.0." + number)) {
                for (int image = 0; image < images / CAMERAS; image++) {
                    byte[] picture = Pictures.bareJpeg(20_000 + image);
                    sent.add(picture);
                    post(camera, picture);
                }
            }
        }
        return sent;
    }

    static void post(GatewayProcess gateway, byte[] picture) {
        try (Camera camera = gateway.camera()) {
            post(camera, picture);
        }
    }

    private static void post(Camera camera, byte[] picture) {
        byte[] packet = CameraPacket.of(
                        "<config><deviceName>Tor 7"
                                + " \u00dc</deviceName><sourceBase64Data>{0}</sourceBase64Data></config>",
                        picture)
                .xml();
        assertThat(camera.post(packet).status()).isEqualTo(200);
    }

    /** An image that this server does not take. */
    private static byte[] refused(TargetServer server) {
        if (server.maxLength() < Integer.MAX_VALUE) {
            return Pictures.bareJpeg(server.maxLength() + 100_000);
        }
        server.refuse(name -> true);
        return Pictures.bareJpeg(20_000);
    }

    private static void awaitArrival(Target target, TargetServer server, List<byte[]> sent) {
        Set<String> hashes = sent.stream().map(Pictures::sha256).collect(Collectors.toSet());
        eventually("arrived: " + sent.size(), ARRIVES)
                .pollInterval(Duration.ofMillis(500))
                // A file may get its name, or a server stumble, while it is looked at.
                .ignoreExceptions()
                .untilAsserted(() -> {
                    List<Delivered> delivered = server.delivered();
                    // What is delivered again is there twice where nothing has a name.
                    assertThat(delivered.stream().map(DeliverIT::hash).collect(Collectors.toSet()))
                            .isEqualTo(hashes);
                    if (target.takesMetadata()) {
                        assertThat(delivered).allSatisfy(DeliverIT::assertMetadata);
                    }
                });
    }

    static String id(Delivered image) {
        return image.metadata().getOrDefault(FramegateHeaders.DELIVERY_ID, "");
    }

    static String hash(Delivered image) {
        return Pictures.sha256(image.content());
    }

    private static void assertMetadata(Delivered image) {
        String hash = hash(image);
        assertThat(image.metadata())
                .containsEntry("FramegateSha256", hash)
                .containsKeys("FramegateCameraId", "FramegateCapturedAt", "FramegateStoredPath", "FramegateImageNumber")
                .hasEntrySatisfying("FramegateDeliveryId", id -> assertThat(id).endsWith("-" + hash.substring(0, 16)));
    }

    /** What the command says. */
    static String outbox(GatewayProcess gateway, String... arguments) throws IOException {
        List<String> command = FramegateJar.command(List.of(), "outbox");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(gateway.directory().toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
