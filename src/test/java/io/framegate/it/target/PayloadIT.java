package io.framegate.it.target;

import static io.framegate.it.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.Camera;
import io.framegate.it.CameraPacket;
import io.framegate.it.GatewayProcess;
import io.framegate.it.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What travels to the targets: images, events, documents beside or in the place of images. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PayloadIT {

    private static final Duration ARRIVES = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAC = "02:00:5E:20:00:01";
    private static final String NAME = "02_00_5E_20_00_01";

    private static GatewayProcess gateway(Target target, TargetServer server, Path directory) {
        GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))
                .with(property(target, "enabled"), "true")
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "500ms")
                .with("framegate.web.enabled", "false");
        server.properties().forEach(gateway::with);
        return gateway;
    }

    private static String property(Target target, String name) {
        return "framegate.deliver." + target.kind() + "." + name;
    }

    private static byte[] image(int length) {
        return Pictures.bareJpeg(length);
    }

    private static void post(GatewayProcess gateway, byte[]... packets) {
        try (Camera camera = gateway.camera()) {
            for (byte[] packet : packets) {
                assertThat(camera.post(packet).status()).isEqualTo(200);
            }
        }
    }

    private static byte[] scene(byte[] image) {
        return CameraPacket.scene(1, image).xml();
    }

    /** Somebody crossed a line, and no picture of it. */
    private static byte[] crossing(int number) {
        return CameraPacket.of("<config version=\"1.7\"><smartType type=\"openAlramObj\">PEA</smartType>"
                        + "<mac type=\"string\">" + MAC + "</mac>"
                        + "<currentTime type=\"tint64\">177322123456789" + number + "</currentTime>"
                        + "<perimeter><perInfo><item><eventId type=\"uint32\">" + number
                        + "</eventId></item></perInfo></perimeter></config>")
                .xml();
    }

    private static byte[] heartbeat() {
        return ("<config><messageType>keepalive</messageType><mac>" + MAC + "</mac></config>").getBytes(UTF_8);
    }

    private static List<Delivered> await(TargetServer server, int count) {
        List<Delivered> arrived = new ArrayList<>();
        eventually("arrived: " + count, ARRIVES).ignoreExceptions().untilAsserted(() -> {
            arrived.clear();
            arrived.addAll(server.delivered());
            assertThat(arrived).hasSizeGreaterThanOrEqualTo(count);
        });
        assertThat(arrived).hasSize(count);
        return arrived;
    }

    private static boolean isDocument(Delivered one) {
        return one.content().length > 0 && one.content()[0] == '{';
    }

    private static JsonNode document(Delivered one) {
        return json(one.content());
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP", "S3", "JMS", "AMQP", "KAFKA", "MQTT", "HTTP"})
    void eventsWithoutImagesArriveBetweenTheImagesOfTheirCamera(Target target, @TempDir Path directory) {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory).with(property(target, "events"), "true")) {
            server.start();
            gateway.start();
            byte[] first = image(20_000);
            byte[] last = image(20_001);
            post(gateway, scene(first), crossing(1), heartbeat(), crossing(2), scene(last));

            List<Delivered> arrived = await(server, 4);
            assertThat(arrived.stream().filter(one -> !isDocument(one)).map(one -> Pictures.sha256(one.content())))
                    .containsExactlyInAnyOrder(Pictures.sha256(first), Pictures.sha256(last));
            List<Delivered> events =
                    arrived.stream().filter(PayloadIT::isDocument).toList();
            assertThat(events).hasSize(2).allSatisfy(one -> {
                JsonNode event = document(one);
                assertThat(event.path("eventType").asText()).isEqualTo("PEA");
                assertThat(event.path("cameraId").asText()).isEqualTo(MAC);
                assertThat(event.path("capturedAt").asText()).startsWith("2026-03-11T09:27:14.567");
                assertThat(event.path("deliveryId").asText()).startsWith(NAME + "-20260311T092714");
                assertThat(event.has("storedPath")).isFalse();
                if (target.takesMetadata()) {
                    assertThat(one.metadata())
                            .containsEntry("FramegateContentType", "application/json")
                            .containsEntry(
                                    "FramegateDeliveryId",
                                    event.path("deliveryId").asText());
                } else {
                    assertThat(one.name()).matches(NAME + "/[0-9/]+/event_" + NAME + "-\\w+-\\w+\\.json");
                }
            });
            if (Set.of(Target.JMS, Target.AMQP, Target.KAFKA, Target.MQTT, Target.HTTP)
                    .contains(target)) {
                assertThat(arrived.stream().map(PayloadIT::isDocument)).containsExactly(false, true, true, false);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FTP", "SFTP", "S3", "JMS", "AMQP", "KAFKA", "MQTT", "HTTP"})
    void imagesByReferenceAreDocumentsThatSayWhereTheImageIs(Target target, @TempDir Path directory) {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory)
                        .with(property(target, "payload"), "event")
                        .with("framegate.deliver.reference", "https://archive/${header.FramegateStoredPath}")) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image), crossing(1));
            Delivered one = await(server, 1).get(0);
            JsonNode event = document(one);
            String stored = event.path("storedPath").asText();
            assertThat(gateway.directory().resolve("images").resolve(stored)).hasBinaryContent(image);
            assertThat(event.path("reference").asText()).isEqualTo("https://archive/" + stored);
            assertThat(event.path("sha256").asText()).isEqualTo(Pictures.sha256(image));
            assertThat(event.path("length").asInt()).isEqualTo(image.length);
            assertThat(event.path("mediaType").asText()).isEqualTo("image/jpeg");
            if (target.takesMetadata()) {
                assertThat(one.metadata()).containsEntry("FramegateContentType", "application/json");
            }
            if (target == Target.HTTP) {
                assertThat(one.metadata()).containsEntry("Content-Type", "application/json");
            }
            if (!target.takesMetadata()) {
                assertThat(one.name()).endsWith("/" + stored + ".json");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FTP", "FTPS", "SFTP", "S3"})
    void sidecarIsThereBeforeItsImage(Target target, @TempDir Path directory) {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = gateway(target, server, directory).with(property(target, "sidecar"), "true")) {
            if (target == Target.FTPS) {
                gateway.with("javax.net.ssl.trustStore", directory.resolve("server/certificate/trusted.p12") + "")
                        .with("javax.net.ssl.trustStorePassword", Certificate.PASSWORD);
            }
            server.start();
            gateway.start();
            for (int number = 0; number < 10; number++) {
                post(gateway, scene(image(20_000 + number)));
            }
            eventually("images and sidecars", ARRIVES).ignoreExceptions().untilAsserted(() -> {
                List<Delivered> arrived = server.delivered();
                assertEachImageHasItsSidecar(server, arrived);
                assertThat(arrived).hasSize(20);
            });
        }
    }

    /** Those that were there a moment ago have one now; both are listed one after the other. */
    private static void assertEachImageHasItsSidecar(TargetServer server, List<Delivered> before) {
        Map<String, JsonNode> sidecars = server.delivered().stream()
                .filter(PayloadIT::isDocument)
                .collect(Collectors.toMap(Delivered::name, PayloadIT::document));
        assertThat(before.stream().filter(one -> !isDocument(one))).allSatisfy(image -> {
            JsonNode sidecar = sidecars.get(image.name() + ".json");
            if (sidecar == null) {
                // Not an assertion, which would be waited away.
                throw new IllegalStateException("image without sidecar: " + image.name());
            }
            assertThat(sidecar.path("sha256").asText()).isEqualTo(Pictures.sha256(image.content()));
        });
    }

    @Test
    void eventsSurviveAKillARefusalAndAreTriedAgain(@TempDir Path directory) throws IOException {
        try (HttpTarget server = new HttpTarget();
                GatewayProcess gateway =
                        gateway(Target.HTTP, server, directory).with("framegate.deliver.http.events", "PEA")) {
            gateway.start();
            post(gateway, crossing(1), crossing(2));
            gateway.awaitLog(ARRIVES, "not delivered, trying again");
            gateway.kill();
            server.start();
            server.refuse(name -> true);
            gateway.start();
            eventually("set aside", ARRIVES).untilAsserted(() -> assertThat(DeliverIT.outbox(gateway))
                    .contains("http waiting=0 setAside=2")
                    .containsPattern(
                            "  event-" + NAME + "-\\S+ at=\\S+ event=event_" + NAME + "\\S+\\.json reason=\""));
            server.refuse(name -> false);
            DeliverIT.outbox(gateway, "--retry", "http");
            assertThat(await(server, 2)).allMatch(PayloadIT::isDocument);
            assertThat(gateway.log()).doesNotContain("test-secret");
        }
    }

    @Test
    void addressOfAQueueIsTakenAsItIs(@TempDir Path directory) {
        // RabbitMQ's.
        try (BrokerTarget server = BrokerTarget.amqp(directory.resolve("server"), "/queues/framegate.images");
                GatewayProcess gateway = gateway(Target.AMQP, server, directory)) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image));
            assertThat(await(server, 1).get(0).content()).isEqualTo(image);
        }
    }

    @Test
    void formHasTheEventAndTheImage(@TempDir Path directory) {
        try (HttpTarget server = new HttpTarget();
                GatewayProcess gateway = gateway(Target.HTTP, server, directory)
                        .with("framegate.deliver.http.body", "multipart")
                        .with("framegate.deliver.http.events", "true")) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image), crossing(1));
            List<Delivered> arrived = await(server, 2);
            List<MultipartForm.Part> parts = MultipartForm.parts(arrived.get(0));
            assertThat(parts).extracting(MultipartForm.Part::name).containsExactly("event", "image");
            assertThat(parts.get(0).type()).startsWith("application/json");
            assertThat(json(parts.get(0).content()).path("sha256").asText()).isEqualTo(Pictures.sha256(image));
            assertThat(parts.get(1).type()).isEqualTo("image/jpeg");
            assertThat(parts.get(1).fileName()).matches("image_1_" + NAME + "_\\w+\\.jpg");
            assertThat(parts.get(1).content()).isEqualTo(image);
            assertThat(MultipartForm.parts(arrived.get(1)))
                    .extracting(MultipartForm.Part::name)
                    .containsExactly("event");
        }
    }

    @Test
    void imagesArePutAsAzuresBlobStorageWantsThem(@TempDir Path directory) {
        try (HttpTarget server = HttpTarget.withoutPassword();
                GatewayProcess gateway = gateway(Target.HTTP, server, directory)
                        .with(
                                "framegate.deliver.http.url",
                                server.properties().get("framegate.deliver.http.url")
                                        + "/${header.FramegateCameraName}/${header.FramegateReceivedDate}"
                                        + "/${header.FramegateFileName}?sv=2024-11-04&sp=cw&sig=test-secret%2B%2F%3D")
                        .with("framegate.deliver.http.method", "PUT")
                        .with(
                                "framegate.deliver.http.headers",
                                "x-ms-blob-type=BlockBlob, X-Camera=${header.FramegateCameraName}, X-Key=test-secret")) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image));
            Delivered put = await(server, 1).get(0);
            assertThat(put.content()).isEqualTo(image);
            assertThat(put.metadata())
                    .containsEntry("x-ms-blob-type", "BlockBlob")
                    .containsEntry("x-camera", NAME)
                    .containsEntry("content-type", "image/jpeg")
                    .containsEntry("content-length", Integer.toString(image.length))
                    .doesNotContainKeys("transfer-encoding", "authorization");
            assertThat(put.metadata().get(HttpTarget.REQUEST))
                    .matches("PUT /images/" + NAME + "/[0-9]{4}/[0-9]{2}/[0-9]{2}/image_1_" + NAME
                            + "_\\w+\\.jpg\\?sv=2024-11-04&sp=cw&sig=test-secret%2B%2F%3D");
            server.refuse(name -> true, 403);
            post(gateway, scene(image(20_001)));
            gateway.awaitLog(ARRIVES, "not delivered, set aside", "statusCode: 403");
            assertThat(gateway.log()).doesNotContain("test-secret");
        }
    }

    @Test
    void tagsComeWithTheObject(@TempDir Path directory) {
        try (S3Target server = new S3Target(directory.resolve("server"));
                GatewayProcess gateway = gateway(Target.S3, server, directory)
                        .with("framegate.deliver.s3.sidecar", "true")
                        .with(
                                "framegate.deliver.s3.tags",
                                "camera=${header.FramegateCameraName}, role=${header.FramegateRole}, keep=30 days")) {
            server.start();
            gateway.start();
            post(gateway, scene(image(20_000)));
            assertThat(await(server, 2))
                    .allSatisfy(object -> assertThat(object.metadata()).doesNotContainKey("framegate-tagging"));
            assertThat(server.tagging()).hasSize(2).allSatisfy(tagging -> assertThat(tagging)
                    .isEqualTo("camera=" + NAME + "&role=scene&keep=30%20days"));
        }
    }

    @Test
    void imageLargerThanKafkaTakesIsSetAsideOrSentByReferenceAndBlocksNobody(@TempDir Path directory)
            throws IOException {
        try (KafkaTarget server = new KafkaTarget(directory.resolve("server"));
                GatewayProcess gateway = gateway(Target.KAFKA, server, directory)) {
            server.start();
            gateway.start();
            assertThat(gateway.logLines("WARN", "larger images will not reach kafka"))
                    .singleElement()
                    .asString()
                    .contains(
                            "framegate.deliver.kafka.max-size=\"1000KB\"",
                            "framegate.intake.max-frame-length=\"16MB\"");
            byte[] large = image(1_100_000);
            byte[] small = image(20_000);
            post(gateway, scene(large), scene(small));
            assertThat(await(server, 1).get(0).content()).isEqualTo(small);
            gateway.awaitLog(
                    ARRIVES, "not delivered, set aside", "image length: " + large.length + " (expected: <= 1024000");
            assertThat(gateway.logLines("trying again")).isEmpty();
            gateway.terminate();

            gateway.with("framegate.deliver.kafka.too-large", "reference").start();
            assertThat(gateway.logLines("larger images")).isEmpty();
            DeliverIT.outbox(gateway, "--retry", "kafka");
            assertThat(document(await(server, 2).get(1)).path("sha256").asText())
                    .isEqualTo(Pictures.sha256(large));
        }
    }
}
