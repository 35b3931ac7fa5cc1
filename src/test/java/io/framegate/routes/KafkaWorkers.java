package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.Pictures;
import io.framegate.it.target.KafkaTarget;
import io.framegate.it.target.S3Target;
import io.framegate.it.target.TargetServer;
import io.framegate.outbox.deliver.S3Connection;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A real broker and an S3 server, and workers whose routes run in this process. */
@Timeout(120)
@ResourceLock("io.framegate.worker")
abstract class KafkaWorkers {

    static final String CAMERA = "02_00_5E_10_00_01";
    static final byte[] PHOTO = Pictures.encoded(Pictures.photo(320, 240), "jpeg");

    @TempDir
    private static Path servers;

    @TempDir
    Path directory;

    static KafkaTarget kafka;
    static S3Target s3;

    WorkerBroker broker;

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

    Path shared() {
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

    RunningRoutes worker(String name, String... more) {
        return RunningRoutes.in(directory.resolve(name), settings(more));
    }

    /** Another picture for each number. */
    static byte[] photo(int number) {
        return Pictures.encoded(Pictures.solid(40, 30, number * 7919), "png");
    }

    String share(String name, byte[] image) throws IOException {
        Files.write(shared().resolve(name), image);
        return name;
    }

    static void awaitImages(RunningRoutes worker, byte[]... images) {
        eventually("stored: " + images.length)
                .untilAsserted(() -> assertThat(worker.files("images")).hasSize(images.length));
        assertThat(inOrder(worker).values()).containsExactly(images);
    }

    /** The images by name, in the order of their numbers. */
    static Map<String, byte[]> inOrder(RunningRoutes worker) {
        Map<String, byte[]> images = new LinkedHashMap<>();
        worker.files("images").stream()
                .sorted(Comparator.comparing(name -> Integer.valueOf(name.split("_", -1)[1])))
                .forEach(name -> images.put(name, worker.content("images/" + name)));
        return images;
    }

    private static MeterRegistry metrics(RunningRoutes worker) {
        return worker.context()
                .getRegistry()
                .lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class);
    }

    static double gauge(RunningRoutes worker, String name) {
        return metrics(worker)
                .get("framegate.worker." + name)
                .tag("worker", "kafka")
                .gauge()
                .value();
    }

    static double counted(RunningRoutes worker, String outcome) {
        return metrics(worker)
                .get("framegate.worker.documents")
                .tag("worker", "kafka")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    static void put(String key, byte[] image) {
        S3Connection connection = new S3Connection();
        connection.setEndpoint(s3.properties().get("framegate.deliver.s3.endpoint"));
        connection.setPathStyle(true);
        connection.setAccessKey(TargetServer.USER);
        connection.setSecretKey(S3Target.SECRET_KEY);
        try (S3Client client = S3Connection.client(connection)) {
            client.putObject(put -> put.bucket("framegate-images").key(key), RequestBody.fromBytes(image));
        }
    }
}
