package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.Pictures;
import io.framegate.it.target.BrokerTarget;
import io.framegate.it.target.TargetServer;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Workers on a real Artemis broker, with images in a directory. All of it runs in this process. */
@Timeout(60)
@ResourceLock("io.framegate.worker")
class JmsWorkerIT {

    private static final String CAMERA = "02_00_5E_10_00_01";
    private static final String QUEUE = "framegate.images";
    private static final String DEAD = "framegate.images.dead";
    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(320, 240), "jpeg");
    private static final byte[] OTHER = Pictures.encoded(Pictures.solid(40, 30, 7919), "png");

    @TempDir
    private Path directory;

    private BrokerTarget broker;
    private Path shared;

    @BeforeEach
    void start() throws IOException {
        shared = Files.createDirectories(directory.resolve("shared"));
        broker = BrokerTarget.jms(directory);
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private RunningRoutes worker(String name) {
        Map<String, String> settings = new TreeMap<>();
        broker.properties()
                .forEach((property, value) ->
                        settings.put(property.replace("framegate.deliver.jms.", "framegate.worker.jms."), value));
        settings.put("framegate.worker.jms.enabled", "true");
        settings.put("framegate.worker.jms.destination", QUEUE);
        settings.put("framegate.worker.jms.dead-letter-queue", DEAD);
        settings.put("framegate.worker.directory", shared.toString());
        settings.put("framegate.deliver.retry-delay", "50ms");
        settings.put("framegate.deliver.max-retry-delay", "200ms");
        return RunningRoutes.in(directory.resolve(name), settings);
    }

    private JMSContext client() throws JMSException {
        Map<String, String> properties = broker.properties();
        return new ActiveMQConnectionFactory(properties.get("framegate.deliver.jms.url"))
                .createContext(TargetServer.USER, properties.get("framegate.deliver.jms.password"));
    }

    private void send(byte[]... documents) throws JMSException {
        try (JMSContext client = client()) {
            for (byte[] document : documents) {
                client.createProducer().setProperty("JMSXGroupID", CAMERA).send(client.createQueue(QUEUE), document);
            }
        }
    }

    private String share(String name, byte[] image) throws IOException {
        Files.write(shared.resolve(name), image);
        return name;
    }

    private void awaitEmptyQueue() {
        eventually("all messages are taken").until(() -> broker.waiting() == 0);
    }

    @Test
    void imageThatAGatewayDeliversIsStoredByteForByteAndOnce() throws IOException {
        Map<String, String> delivers = new TreeMap<>(broker.properties());
        delivers.put("framegate.deliver.jms.enabled", "true");
        delivers.put("framegate.deliver.jms.payload", "event");
        try (RunningRoutes gateway = RunningRoutes.in(directory.resolve("gateway"), delivers)) {
            assertThat(gateway.send(TestPacket.scene(PHOTO)).isFailed()).isFalse();
            assertThat(gateway.send(TestPacket.scene(PHOTO)).isFailed()).isFalse();
            shared = directory.resolve("gateway/images");
            eventually("both delivered").until(() -> broker.delivered().size() == 2);
            try (RunningRoutes worker = worker("worker")) {
                awaitEmptyQueue();
                assertThat(worker.files("images")).singleElement().satisfies(name -> assertThat(
                                worker.content("images/" + name))
                        .isEqualTo(PHOTO));
            }
        }
    }

    @Test
    void copyIsStoredOnceAlsoAfterARestart() throws IOException, JMSException {
        byte[] document =
                TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes();
        for (int run = 0; run < 2; run++) {
            try (RunningRoutes worker = worker("worker")) {
                send(document, document);
                awaitEmptyQueue();
                assertThat(worker.files("images")).hasSize(1);
            }
        }
    }

    @Test
    void whatIsWrongIsADeadLetterAndTheNextIsStored() throws IOException, JMSException {
        try (RunningRoutes worker = worker("worker");
                JMSContext client = client()) {
            byte[] wrong = "no document".getBytes(UTF_8);
            send(wrong, TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
            awaitEmptyQueue();
            assertThat(worker.files("images")).hasSize(1);
            BytesMessage letter = (BytesMessage)
                    client.createConsumer(client.createQueue(DEAD)).receive(10_000);
            assertThat(letter.getBody(byte[].class)).isEqualTo(wrong);
            assertThat(letter.getStringProperty("FramegateRejectReason")).isEqualTo("not-a-document");
        }
    }

    @Test
    void missingImageWaitsAlsoThroughARestartAndKeepsTheOrder() throws IOException, JMSException {
        try (RunningRoutes worker = worker("worker")) {
            send(
                    TestDocument.of(CAMERA, 1, PHOTO, "late.jpg").bytes(),
                    TestDocument.of(CAMERA, 2, OTHER, share("b.png", OTHER)).bytes());
            try (CapturedLog log = CapturedLog.of("io.framegate.worker")) {
                eventually("waiting").until(() -> !log.lines().isEmpty());
            }
            assertThat(worker.files("images")).isEmpty();
        }
        share("late.jpg", PHOTO);
        try (RunningRoutes worker = worker("worker")) {
            awaitEmptyQueue();
            assertThat(worker.files("images").stream().map(name -> worker.content("images/" + name)))
                    .containsExactly(PHOTO, OTHER);
        }
    }
}
