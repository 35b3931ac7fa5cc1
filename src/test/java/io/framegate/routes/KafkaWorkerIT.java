package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framegate.image.Pictures;
import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a worker does with documents from Kafka: images in S3 and in a directory. */
@ResourceLock("io.framegate.worker")
class KafkaWorkerIT extends KafkaWorkers {

    private static ObjectNode sidecar(RunningRoutes routes, String image) throws IOException {
        ObjectNode document = (ObjectNode) new ObjectMapper().readTree(routes.content("images/" + image + ".json"));
        return document.without(List.of("counter", "storedPath"));
    }

    @Test
    void imagesThatAGatewayDeliversAreStoredByteForByteWithTheirMetadata() throws IOException {
        Map<String, String> delivers = new TreeMap<>(s3.properties());
        delivers.putAll(kafka.properties());
        delivers.put("framegate.deliver.s3.enabled", "true");
        delivers.put("framegate.deliver.s3.name", "${header.FramegateDeliveryId}.jpg");
        delivers.put("framegate.deliver.kafka.enabled", "true");
        delivers.put("framegate.deliver.kafka.topic", broker.topic());
        delivers.put("framegate.deliver.kafka.payload", "event");
        delivers.put("framegate.deliver.reference", "s3://framegate-images/${header.FramegateDeliveryId}.jpg");
        delivers.put("framegate.sidecar.enabled", "true");
        byte[] face = Pictures.encoded(Pictures.photo(96, 128), "png");
        try (RunningRoutes gateway = RunningRoutes.in(directory.resolve("gateway"), delivers);
                RunningRoutes worker = worker("worker", "framegate.sidecar.enabled", "true")) {
            assertThat(gateway.send(TestPacket.face(PHOTO, face)).isFailed()).isFalse();

            eventually("both, and their sidecars")
                    .untilAsserted(() -> assertThat(worker.files("images")).hasSize(4));
            assertThat(worker.files("images")).isEqualTo(gateway.files("images"));
            for (String name : List.of(
                    "image_1_02_00_5E_10_00_01_20260329_095821.jpg",
                    "image_2_02_00_5E_10_00_01_20260329_095821_face.png")) {
                assertThat(worker.content("images/" + name)).isEqualTo(gateway.content("images/" + name));
                assertThat(sidecar(worker, name)).isEqualTo(sidecar(gateway, name));
            }
            eventually("committed").until(() -> broker.committed() == 2);
            assertThat(counted(worker, "stored")).isEqualTo(2);
        }
    }

    @Tag("faults")
    @Test
    void copyIsStoredOnceAlsoByAnotherWorker() throws IOException {
        byte[] document =
                TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes();
        byte[] other = photo(2);
        try (RunningRoutes worker = worker("first")) {
            broker.send(CAMERA, document);
            broker.send(CAMERA, document);
            eventually("committed").until(() -> broker.committed() == 2);
            awaitImages(worker, PHOTO);
            assertThat(counted(worker, "duplicate")).isEqualTo(1);
        }
        try (RunningRoutes worker = worker("second")) {
            broker.send(CAMERA, document);
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 2, other, share("b.png", other)).bytes());
            eventually("committed").until(() -> broker.committed() == 4);
            awaitImages(worker, other);
            assertThat(counted(worker, "duplicate")).isEqualTo(1);
        }
    }

    @Test
    void whatIsWrongIsADeadLetterWithItsReasonAndTheNextIsStored() throws IOException {
        broker.createDeadLetters();
        byte[] noPicture = "no picture".getBytes(UTF_8);
        Path outside = Files.write(directory.resolve("outside.jpg"), PHOTO);
        Files.createSymbolicLink(shared().resolve("link.jpg"), outside);
        share("a.jpg", PHOTO);
        // A list of pairs: each document is another object.
        @SuppressWarnings("ArrayAsKeyOfSetOrMap")
        Map<byte[], String> wrong = new LinkedHashMap<>();
        wrong.put(PHOTO, "not-a-document");
        wrong.put("[]".getBytes(UTF_8), "not-a-document");
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, "a.jpg")
                        .without(FramegateHeaders.REFERENCE)
                        .bytes(),
                "not-a-document");
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, "a.jpg")
                        .with(FramegateHeaders.DELIVERY_ID, "../x")
                        .bytes(),
                "not-a-document");
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, "a.jpg")
                        .with(FramegateHeaders.RECEIVED_AT, "+1000000000-01-01T00:00:00Z")
                        .bytes(),
                "not-a-document");
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, "a.jpg")
                        .with(FramegateHeaders.SHA256, TestPacket.sha256(photo(1)))
                        .bytes(),
                "not-a-document");
        put("empty.jpg", new byte[0]);
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, "s3://framegate-images/empty.jpg")
                        .bytes(),
                "hash-differs");
        for (String place : List.of(
                "../outside.jpg",
                "a".repeat(300),
                outside.toUri().toString(),
                "link.jpg",
                "s3://another-bucket/a.jpg",
                "http://127.0.0.1:1/a.jpg",
                "ftp://127.0.0.1/a.jpg")) {
            wrong.put(TestDocument.of(CAMERA, 1, PHOTO, place).bytes(), "reference-not-allowed");
        }
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, "a.jpg")
                        .with(FramegateHeaders.LENGTH, 17_000_000)
                        .bytes(),
                "too-long");
        wrong.put(
                TestDocument.of(CAMERA, 1, PHOTO, share("other.png", photo(1))).bytes(), "hash-differs");
        wrong.put(
                TestDocument.of(CAMERA, 1, noPicture, share("x.jpg", noPicture)).bytes(), "not-a-picture");
        try (RunningRoutes worker = worker("worker")) {
            wrong.keySet().forEach(document -> broker.send(CAMERA, document, "ce_id", "1"));
            // The same delivery, mended.
            broker.send(CAMERA, TestDocument.of(CAMERA, 1, PHOTO, "a.jpg").bytes());

            awaitImages(worker, PHOTO);
            eventually("committed").until(() -> broker.committed() == wrong.size() + 1);
            List<WorkerBroker.Letter> letters = broker.deadLetters();
            assertThat(letters.stream().map(letter -> letter.headers().get("FramegateRejectReason")))
                    .containsExactlyElementsOf(wrong.values());
            assertThat(letters.stream().map(WorkerBroker.Letter::body)).containsExactlyElementsOf(wrong.keySet());
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.key()).isEqualTo(CAMERA);
                assertThat(letter.headers()).containsEntry("ce_id", "1");
                assertThat(letter.headers().get("FramegateRejectDetail")).contains("(expected: ");
            });
            assertThat(counted(worker, "dead-letter")).isEqualTo(wrong.size());
            assertThat(worker.files("quarantine")).isEmpty();
        }
    }

    @Tag("faults")
    @Test
    void referenceOfCloudEventsTakesPrecedence() throws IOException {
        try (RunningRoutes worker = worker("worker")) {
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, "image_17.jpg").bytes(),
                    "ce_dataref",
                    shared().resolve(share("a b.jpg", PHOTO)).toUri().toString());
            awaitImages(worker, PHOTO);
        }
    }

    @Test
    void missingObjectWaitsInOrderAndIsStoredWhenItIsThere() throws IOException {
        byte[] second = photo(2);
        try (RunningRoutes worker = worker("worker")) {
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, "s3://framegate-images/late/a.jpg")
                            .bytes());
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 2, second, share("b.png", second)).bytes());
            eventually("waiting").until(() -> counted(worker, "waiting") >= 3);
            assertThat(worker.files("images")).isEmpty();
            assertThat(broker.committed()).isZero();

            put("late/a.jpg", PHOTO);
            awaitImages(worker, PHOTO, second);
            eventually("committed").until(() -> broker.committed() == 2);
        }
    }

    @Tag("faults")
    @Test
    void documentThatIsTooLongForADeadLetterIsLeftOutOfIt() throws IOException {
        broker.createDeadLetters();
        try (RunningRoutes worker = worker("worker")) {
            broker.send(CAMERA, new byte[1_000_000]);
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
            awaitImages(worker, PHOTO);
            assertThat(broker.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.body()).isEmpty();
                assertThat(letter.headers().get("FramegateRejectDetail")).contains("1000000 (expected: <= 524288)");
            });
            assertThat(gauge(worker, "up")).isEqualTo(1);
            assertThat(gauge(worker, "partitions")).isEqualTo(3);
        }
    }

    @Tag("faults")
    @Test
    void deadLettersAreSentAgainByTheRouteOfThePage() throws Exception {
        broker.createDeadLetters();
        String page = Files.readString(Path.of("src/docs/workers.md"));
        String recipe = page.substring(page.indexOf("```yaml") + 7);
        recipe = recipe.substring(0, recipe.indexOf("```"));
        try (RunningRoutes worker = worker("worker", broker.login())) {
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, "a.jpg").bytes(),
                    "ce_dataref",
                    "s3://wrong-bucket/a.jpg");
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 2, PHOTO, share("b.jpg", photo(2))).bytes());
            eventually("dead letters").until(() -> counted(worker, "dead-letter") == 2);
            share("b.jpg", PHOTO);
            PluginHelper.getRoutesLoader(worker.context())
                    .loadRoutes(ResourceHelper.fromString("send-again.yaml", recipe));
            awaitImages(worker, PHOTO);
            // With its headers the first one is wrong again, and after that again.
            eventually("wrong again").until(() -> counted(worker, "dead-letter") > 3);
            assertThat(broker.deadLetters()).last().satisfies(letter -> assertThat(letter.key())
                    .isEqualTo(CAMERA));
        }
    }

    @Tag("faults")
    @Test
    void workerWaitsForItsTopicOfMarksAndGoesOnWhenItIsThere() throws IOException {
        broker.deleteDone();
        try (RunningRoutes worker = worker("worker")) {
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
            eventually("waiting").until(() -> counted(worker, "waiting") >= 3);
            assertThat(worker.files("images")).isEmpty();
            broker.createDone();
            awaitImages(worker, PHOTO);
            broker.send(CAMERA, TestDocument.of(CAMERA, 1, PHOTO, "a.jpg").bytes());
            eventually("a copy").until(() -> counted(worker, "duplicate") == 1);
        }
    }

    @Tag("faults")
    @Test
    void objectThatIsMissingForTooLongIsADeadLetterAndTheNextIsStored() throws IOException {
        broker.createDeadLetters();
        byte[] second = photo(2);
        try (RunningRoutes worker = worker("worker", "framegate.worker.patience", "500ms")) {
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, "s3://framegate-images/never/a.jpg")
                            .bytes());
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 2, second, share("b.png", second)).bytes());
            awaitImages(worker, second);
            assertThat(broker.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.headers())
                    .containsEntry("FramegateRejectReason", "missing")
                    .hasEntrySatisfying("FramegateRejectDetail", detail -> assertThat(detail)
                            .contains("s3://framegate-images/never/a.jpg", "framegate.worker.patience")));
        }
    }
}
