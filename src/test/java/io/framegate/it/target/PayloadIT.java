package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static io.framegate.it.target.EventPackets.MAC;
import static io.framegate.it.target.EventPackets.NAME;
import static io.framegate.it.target.EventPackets.crossing;
import static io.framegate.it.target.EventPackets.document;
import static io.framegate.it.target.EventPackets.heartbeat;
import static io.framegate.it.target.EventPackets.isDocument;
import static io.framegate.it.target.EventPackets.post;
import static io.framegate.it.target.EventPackets.scene;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What travels to the targets: images, events, documents beside or in the place of images. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PayloadIT {

    private static final Duration ARRIVES = Duration.ofSeconds(40);
    private static final Set<Target> IN_ORDER = Set.of(Target.JMS, Target.AMQP, Target.KAFKA, Target.MQTT, Target.HTTP);

    private static GatewayProcess gateway(Path directory) {
        return new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "500ms")
                .with("framegate.web.enabled", "false");
    }

    private static byte[] image(int length) {
        return Pictures.bareJpeg(length);
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

    @Test
    void eventsArriveInOrderWithImagesAndReferencesAsDocuments(@TempDir Path directory) {
        eventsArrive(directory, Target.FTP, Target.JMS, Target.HTTP);
    }

    @Tag("faults")
    @Test
    void eventsArriveAtTheOtherTargetsToo(@TempDir Path directory) {
        eventsArrive(directory, Target.SFTP, Target.S3, Target.AMQP, Target.KAFKA, Target.MQTT);
    }

    private static void eventsArrive(Path directory, Target... kinds) {
        try (AllTargets targets = new AllTargets(directory.resolve("servers"), kinds);
                GatewayProcess gateway = targets.set(targets.enable(gateway(directory)), "events", "true")) {
            gateway.start();
            byte[] first = image(20_000);
            byte[] last = image(20_001);
            post(gateway, scene(first), crossing(1), heartbeat(), crossing(2), scene(last));
            targets.check((target, server) -> {
                List<Delivered> arrived = await(server, 4);
                assertThat(arrived.stream().filter(one -> !isDocument(one)).map(one -> Pictures.sha256(one.content())))
                        .containsExactlyInAnyOrder(Pictures.sha256(first), Pictures.sha256(last));
                assertThat(arrived.stream().filter(EventPackets::isDocument))
                        .hasSize(2)
                        .allSatisfy(event -> assertEvent(target, event));
                if (IN_ORDER.contains(target)) {
                    assertThat(arrived.stream().map(EventPackets::isDocument))
                            .containsExactly(false, true, true, false);
                }
            });

            gateway.terminate();
            targets.set(targets.set(gateway, "events", "false"), "payload", "event")
                    .with("framegate.deliver.reference", "https://archive/${header.FramegateStoredPath}")
                    .start();
            byte[] image = image(20_000);
            post(gateway, scene(image), crossing(1));
            targets.check((target, server) -> {
                Delivered one = await(server, 5).stream()
                        .filter(EventPackets::isDocument)
                        .filter(document -> document(document).has("storedPath"))
                        .findFirst()
                        .orElseThrow();
                JsonNode event = document(one);
                String stored = event.path("storedPath").asText();
                assertThat(gateway.directory().resolve("images").resolve(stored))
                        .hasBinaryContent(image);
                assertThat(event.path("reference").asText()).isEqualTo("https://archive/" + stored);
                assertThat(event.path("sha256").asText()).isEqualTo(Pictures.sha256(image));
                assertThat(event.path("length").asInt()).isEqualTo(image.length);
                assertThat(event.path("mediaType").asText()).isEqualTo("image/jpeg");
                if (target.takesMetadata()) {
                    assertThat(one.metadata()).containsEntry("FramegateContentType", "application/json");
                } else {
                    assertThat(one.name())
                            .endsWith("/" + event.path("deliveryId").asText() + ".jpg.json");
                }
                if (target == Target.HTTP) {
                    assertThat(one.metadata()).containsEntry("Content-Type", "application/json");
                }
            });
        }
    }

    private static void assertEvent(Target target, Delivered one) {
        JsonNode event = document(one);
        String id = event.path("deliveryId").asText();
        assertThat(event.path("eventType").asText()).isEqualTo("PEA");
        assertThat(event.path("cameraId").asText()).isEqualTo(MAC);
        assertThat(event.path("capturedAt").asText()).startsWith("2026-03-11T09:27:14.567");
        assertThat(id).startsWith(NAME + "-20260311T092714");
        assertThat(event.has("storedPath")).isFalse();
        if (target.takesMetadata()) {
            assertThat(one.metadata())
                    .containsEntry("FramegateContentType", "application/json")
                    .containsEntry("FramegateDeliveryId", id);
        } else {
            assertThat(one.name()).matches(NAME + "/[0-9/]+/event_" + NAME + "-\\w+-\\w+\\.json");
        }
    }

    @Test
    void sidecarIsThereBeforeItsImage(@TempDir Path directory) {
        sidecarComesFirst(directory, Target.FTP);
    }

    @Tag("faults")
    @Test
    void sidecarIsThereBeforeItsImageAtTheOtherTargetsToo(@TempDir Path directory) {
        sidecarComesFirst(directory, Target.SFTP, Target.S3);
    }

    private static void sidecarComesFirst(Path directory, Target... kinds) {
        try (AllTargets targets = new AllTargets(directory.resolve("servers"), kinds);
                GatewayProcess gateway = targets.set(targets.enable(gateway(directory)), "sidecar", "true")) {
            gateway.start();
            for (int number = 0; number < 10; number++) {
                post(gateway, scene(image(20_000 + number)));
            }
            targets.check((target, server) -> eventually("images and sidecars", ARRIVES)
                    .ignoreExceptionsMatching(failure -> !(failure instanceof MissingSidecar))
                    .untilAsserted(() -> {
                        List<Delivered> arrived = server.delivered();
                        assertEachImageHasItsSidecar(server, arrived);
                        assertThat(arrived).hasSize(20);
                    }));
        }
    }

    /** Those that were there a moment ago have one now; both are listed one after the other. */
    private static void assertEachImageHasItsSidecar(TargetServer server, List<Delivered> before) {
        Map<String, JsonNode> sidecars = server.delivered().stream()
                .filter(EventPackets::isDocument)
                .collect(Collectors.toMap(Delivered::name, EventPackets::document));
        assertThat(before.stream().filter(one -> !isDocument(one))).allSatisfy(image -> {
            JsonNode sidecar = sidecars.get(image.name() + ".json");
            if (sidecar == null) {
                throw new MissingSidecar(image.name());
            }
            assertThat(sidecar.path("sha256").asText()).isEqualTo(Pictures.sha256(image.content()));
        });
    }

    /** No assertion, which would be waited away. */
    private static final class MissingSidecar extends IllegalStateException {
        private static final long serialVersionUID = 1;

        MissingSidecar(String image) {
            super("image without sidecar: " + image);
        }
    }

    @Tag("faults")
    @Test
    void addressOfAQueueIsTakenAsItIs(@TempDir Path directory) {
        // RabbitMQ's.
        try (BrokerTarget server = BrokerTarget.amqp(directory.resolve("server"), "/queues/framegate.images");
                GatewayProcess gateway = DeliverIT.gateway(Target.AMQP, server, directory)) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image));
            assertThat(await(server, 1).get(0).content()).isEqualTo(image);
        }
    }

    @Tag("faults")
    @Test
    void tagsComeWithTheObject(@TempDir Path directory) {
        try (S3Target server = new S3Target(directory.resolve("server"));
                GatewayProcess gateway = DeliverIT.gateway(Target.S3, server, directory)
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

    @Tag("faults")
    @Test
    void imageLargerThanKafkaTakesBlocksNoOther(@TempDir Path directory) throws IOException {
        try (KafkaTarget server = new KafkaTarget(directory.resolve("server"));
                GatewayProcess gateway = DeliverIT.gateway(Target.KAFKA, server, directory)) {
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
