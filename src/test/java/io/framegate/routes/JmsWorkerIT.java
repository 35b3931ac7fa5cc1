package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.Pictures;
import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.target.BrokerTarget;
import io.framegate.it.target.TargetServer;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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

    private Map<String, String> settings() {
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
        return settings;
    }

    private RunningRoutes worker(String name) {
        return RunningRoutes.in(directory.resolve(name), settings());
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

    /** Its class runs code when an object of it is read. */
    private static final class Harmful implements Serializable {

        private static final long serialVersionUID = 1;

        private static final AtomicBoolean READ = new AtomicBoolean();

        private void readObject(ObjectInputStream in) {
            READ.set(true);
        }
    }

    @Test
    void messageThatIsNoDocumentIsADeadLetterAndNoObjectIsMadeOfIt() throws IOException, JMSException {
        try (RunningRoutes worker = worker("worker");
                JMSContext client = client()) {
            Queue queue = client.createQueue(QUEUE);
            client.createProducer().send(queue, client.createObjectMessage(new Harmful()));
            client.createProducer().send(queue, client.createMapMessage());
            client.createProducer().send(queue, client.createMessage());
            client.createProducer().send(queue, new byte[2_000_000]);
            send(TestDocument.of(CAMERA, 1, PHOTO, share("a.jpg", PHOTO)).bytes());
            awaitEmptyQueue();
            assertThat(worker.files("images")).hasSize(1);
            assertThat(Harmful.READ).isFalse();
            JMSConsumer letters = client.createConsumer(client.createQueue(DEAD));
            for (int letter = 0; letter < 4; letter++) {
                Message message = letters.receive(10_000);
                assertThat(message.getStringProperty("FramegateRejectReason")).isEqualTo("not-a-document");
            }
        }
    }

    @Test
    void drainStopsTheWorkerAndDeliversWhatItHas() throws Exception {
        int documents = 200;
        byte[][] sent = new byte[documents][];
        for (int number = 0; number < documents; number++) {
            byte[] image = Pictures.encoded(Pictures.solid(8, 8, number), "png");
            sent[number] = TestDocument.of(CAMERA, number, image, share(number + ".png", image))
                    .bytes();
        }
        Path target = directory.resolve("target");
        try (GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))) {
            settings().forEach(gateway::with);
            gateway.with("framegate.worker.jms.concurrency", "1")
                    .with("framegate.deliver.file.enabled", "true")
                    .with("framegate.deliver.file.directory", target.toString())
                    .start();
            send(sent);
            eventually("some are delivered")
                    .until(() -> ImageFolder.files(target).size() > 20);
            Process drain = new ProcessBuilder(FramegateJar.command(List.of(), "drain"))
                    .directory(gateway.directory().toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(gateway.awaitEnd()).isZero();
            assertThat(drain.waitFor()).isZero();
            // The others are at the broker.
            assertThat(ImageFolder.files(target).size() + broker.waiting()).isEqualTo(documents);
        }
    }

    @Tag("faults")
    @Test
    void missingImageWaitsAlsoThroughARestartAndKeepsTheOrder() throws IOException, JMSException {
        try (RunningRoutes worker = worker("worker");
                CapturedLog log = CapturedLog.of("io.framegate.worker")) {
            send(
                    TestDocument.of(CAMERA, 1, PHOTO, "late.jpg").bytes(),
                    TestDocument.of(CAMERA, 2, OTHER, share("b.png", OTHER)).bytes());
            eventually("waiting").until(() -> !log.lines().isEmpty());
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
