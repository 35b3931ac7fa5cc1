package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framegate.image.Pictures;
import io.framegate.intake.FramegateHeaders;
import io.framegate.it.target.KafkaTarget;
import io.framegate.it.target.S3Target;
import io.framegate.it.target.TargetServer;
import io.framegate.outbox.deliver.S3Connection;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Workers on a real broker, with images in S3 and in a directory. The routes run in this process. */
@Timeout(120)
@ResourceLock("io.framegate.worker")
class KafkaWorkerIT {

    private static final String CAMERA = "02_00_5E_10_00_01";
    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(320, 240), "jpeg");

    @TempDir
    private static Path servers;

    @TempDir
    private Path directory;

    private static KafkaTarget kafka;
    private static S3Target s3;

    private WorkerBroker broker;

    @BeforeAll
    static void startServers() {
        kafka = new KafkaTarget(servers);
        kafka.start();
        s3 = new S3Target(servers);
        s3.start();
    }

    @AfterAll
    static void stopServers() {
        s3.close();
        kafka.close();
    }

    @BeforeEach
    void makeTopics(TestInfo test) throws IOException {
        Files.createDirectories(shared());
        broker = new WorkerBroker(kafka, test.getTestMethod().orElseThrow().getName(), 3);
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    private Path shared() {
        return directory.resolve("shared");
    }

    private Map<String, String> settings(String... more) {
        Map<String, String> settings = new TreeMap<>(broker.worker());
        settings.putAll(s3.properties());
        settings.put("framegate.worker.directory", shared().toString());
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private RunningRoutes worker(String name, String... more) {
        return RunningRoutes.in(directory.resolve(name), settings(more));
    }

    /** Another picture for each number. */
    private static byte[] photo(int number) {
        return Pictures.encoded(Pictures.solid(40, 30, number * 7919), "png");
    }

    private String share(String name, byte[] image) throws IOException {
        Files.write(shared().resolve(name), image);
        return name;
    }

    private static void awaitImages(RunningRoutes worker, byte[]... images) {
        eventually("stored: " + images.length)
                .untilAsserted(() -> assertThat(worker.files("images")).hasSize(images.length));
        assertThat(inOrder(worker).values()).containsExactly(images);
    }

    /** The images by name, in the order of their numbers. */
    private static Map<String, byte[]> inOrder(RunningRoutes worker) {
        Map<String, byte[]> images = new LinkedHashMap<>();
        worker.files("images").stream()
                .sorted(Comparator.comparing(name -> Integer.valueOf(name.split("_", -1)[1])))
                .forEach(name -> images.put(name, worker.content("images/" + name)));
        return images;
    }

    private static double counted(RunningRoutes worker, String outcome) {
        return worker.context()
                .getRegistry()
                .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class)
                .get("framegate.worker.documents")
                .tag("worker", "kafka")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

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
        for (String place : List.of(
                "../outside.jpg",
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

    private static void put(String key, byte[] image) {
        S3Connection connection = new S3Connection();
        connection.setEndpoint(s3.properties().get("framegate.deliver.s3.endpoint"));
        connection.setPathStyle(true);
        connection.setAccessKey(TargetServer.USER);
        connection.setSecretKey(S3Target.SECRET_KEY);
        try (S3Client client = S3Connection.client(connection)) {
            client.putObject(put -> put.bucket("framegate-images").key(key), RequestBody.fromBytes(image));
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

    @Tag("faults")
    @Test
    void nothingIsCommittedWhileTheDeadLettersAreAway() throws IOException {
        byte[] second = photo(2);
        try (RunningRoutes worker = worker("worker")) {
            broker.send(CAMERA, PHOTO);
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 2, second, share("b.png", second)).bytes());
            try (CapturedLog log = CapturedLog.of("io.framegate.worker")) {
                eventually("tried twice").until(() -> log.lines().size() >= 2);
            }
            assertThat(worker.files("images")).isEmpty();
            assertThat(broker.committed()).isZero();

            broker.createDeadLetters();
            awaitImages(worker, second);
            assertThat(broker.deadLetters()).isNotEmpty();
        }
    }

    @Tag("faults")
    @Test
    void workerThatIsStoppedInItsWorkLosesNothing() throws IOException {
        byte[] document = TestDocument.of(CAMERA, 1, PHOTO, "s3://framegate-images/stop/a.jpg")
                .bytes();
        try (RunningRoutes worker = worker("worker")) {
            broker.send(CAMERA, document);
            eventually("waiting").until(() -> counted(worker, "waiting") >= 1);
        }
        assertThat(broker.committed()).isZero();
        put("stop/a.jpg", PHOTO);
        try (RunningRoutes worker = worker("worker")) {
            awaitImages(worker, PHOTO);
            eventually("committed").until(() -> broker.committed() == 1);
        }
    }

    @Tag("faults")
    @Test
    void imageThatCannotBeStoredWaitsAndHasNoCopyInTheQuarantine() throws IOException {
        try (RunningRoutes worker = worker(
                "worker", "framegate.store.retries", "0", "framegate.images.name", "in/${header.FramegateCounter}")) {
            Path blocked = Files.write(worker.path("images/in"), new byte[1]);
            broker.send(
                    CAMERA,
                    TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
            eventually("waiting").until(() -> counted(worker, "waiting") >= 2);
            assertThat(broker.committed()).isZero();

            Files.delete(blocked);
            eventually("committed").until(() -> broker.committed() == 1);
            assertThat(worker.files("images")).containsExactly("in/1");
            assertThat(worker.content("images/in/1")).isEqualTo(PHOTO);
            assertThat(worker.files("quarantine")).isEmpty();
        }
    }

    @Tag("faults")
    @Test
    void twoWorkersShareThePartitionsAndKeepTheOrderOfEachCamera() throws IOException {
        int cameras = 6;
        int each = 10;
        Map<String, List<String>> sent = new TreeMap<>();
        for (int number = 0; number < cameras * each; number++) {
            byte[] image = photo(number + 1);
            String camera = "cam-" + number % cameras;
            String stored = share(number + ".png", image);
            byte[] document = TestDocument.of(camera, number, image, stored).bytes();
            broker.send(camera, document);
            broker.send(camera, document);
            sent.computeIfAbsent(camera, name -> new ArrayList<>()).add(TestPacket.sha256(image));
        }
        try (RunningRoutes one = worker("one");
                RunningRoutes two = worker("two")) {
            eventually("committed").until(() -> broker.committed() == 2L * cameras * each);
            Map<String, List<String>> stored = new TreeMap<>();
            for (RunningRoutes worker : List.of(one, two)) {
                inOrder(worker).forEach((name, image) -> stored.computeIfAbsent(
                                name.replaceFirst("image_[0-9]+_(cam-[0-9]).*", "$1"), camera -> new ArrayList<>())
                        .add(TestPacket.sha256(image)));
            }
            assertThat(stored).isEqualTo(sent);
        }
    }

    @Tag("faults")
    @Test
    void brokerThatIsAwayIsWaitedFor() throws IOException {
        List<byte[]> images =
                IntStream.range(0, 6).mapToObj(KafkaWorkerIT::photo).toList();
        kafka.stop();
        try (RunningRoutes worker = worker("worker")) {
            kafka.start();
            for (int number = 0; number < images.size(); number++) {
                byte[] image = images.get(number);
                broker.send(
                        CAMERA,
                        TestDocument.of(CAMERA, number, image, share(number + ".png", image))
                                .bytes());
                if (number == 2) {
                    eventually("some stored")
                            .until(() -> !worker.files("images").isEmpty());
                    kafka.stop();
                    kafka.start();
                }
            }
            awaitImages(worker, images.toArray(byte[][]::new));
            eventually("committed").until(() -> broker.committed() == images.size());
        }
    }
}
