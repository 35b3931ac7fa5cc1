package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * An Apache Kafka broker that is its own controller, as a process. It asks for user and password (SASL PLAIN), and
 * refuses no record but for its length.
 */
public final class KafkaTarget implements TargetServer {

    public static final String PASSWORD = "test-secret-kafka";

    private static final int MAX_LENGTH = 2_000_000;

    private static final Duration START = Duration.ofMinutes(1);
    private static final TopicPartition IMAGES = new TopicPartition("framegate.images", 0);

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
            + USER + "\" password=\"" + PASSWORD + "\"";

    private final Path directory;
    private final @Nullable Certificate certificate;
    private final int port = GatewayProcess.freePort();
    private final int controllerPort = GatewayProcess.freePort();
    private final List<Delivered> delivered = new ArrayList<>();
    private @Nullable ServerProcess process;

    /** A broker that keeps its log in this directory. */
    public KafkaTarget(Path directory) {
        this(directory, null);
    }

    private KafkaTarget(Path directory, @Nullable Certificate certificate) {
        this.directory = directory.resolve("kafka");
        this.certificate = certificate;
    }

    /** The same behind TLS. */
    public static KafkaTarget overTls(Path directory, Certificate certificate) {
        return new KafkaTarget(directory, certificate);
    }

    @Override
    public void start() {
        Path log = directory.resolve("log");
        Path properties = directory.resolve("server.properties");
        if (!Files.exists(properties)) {
            try {
                Files.createDirectories(log);
                Files.write(properties, configuration(log));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try (ServerProcess format = java(
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    "framegate-test-cluster-",
                    "-c",
                    properties.toString())) {
                format.awaitEnd();
            }
        }
        ServerProcess started = java("kafka.Kafka", properties.toString());
        process = started;
        eventually("Kafka listening", START).until(() -> started.listens(port));
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(IMAGES.topic(), 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                securityProtocol(),
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + ";"));
        if (certificate != null) {
            client.put("ssl.truststore.location", certificate.trustStore().toString());
            client.put("ssl.truststore.password", Certificate.PASSWORD);
        }
        return client;
    }

    private String securityProtocol() {
        return certificate == null ? "SASL_PLAINTEXT" : "SASL_SSL";
    }

    private ServerProcess java(String... mainAndArguments) {
        try {
            List<String> arguments = new ArrayList<>();
            arguments.add("-cp");
            arguments.add(Files.readString(ServerProcess.library("kafka.classpath")));
            arguments.addAll(List.of(mainAndArguments));
            return ServerProcess.java(directory, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> configuration(Path log) {
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "listener.security.protocol.map=CLIENTS:" + securityProtocol() + ",CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=CLIENTS",
                "sasl.enabled.mechanisms=PLAIN",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                "listener.name.clients.plain.sasl.jaas.config=" + LOGIN + " user_" + USER + "=\"" + PASSWORD + "\";",
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + log,
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "group.initial.rebalance.delay.ms=0",
                "message.max.bytes=" + MAX_LENGTH,
                // A broker that was killed may come back as soon as it is forgotten.
                "broker.heartbeat.interval.ms=200",
                "broker.session.timeout.ms=1000"));
        if (certificate != null) {
            lines.add("ssl.keystore.location=" + certificate.keyStore());
            lines.add("ssl.keystore.password=" + Certificate.PASSWORD);
            lines.add("ssl.truststore.location=" + certificate.trustStore());
            lines.add("ssl.truststore.password=" + Certificate.PASSWORD);
        }
        return lines;
    }

    /** Another user, whom the broker knows from its next start on. */
    public void addUser(String name, String password) throws IOException {
        Path properties = directory.resolve("server.properties");
        String known = " user_" + USER + "=";
        Files.writeString(
                properties,
                Files.readString(properties).replace(known, " user_" + name + "=\"" + password + "\"" + known));
    }

    @Override
    public void stop() {
        if (process != null) {
            delivered();
            process.close();
            process = null;
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "framegate.deliver.kafka.brokers",
                "127.0.0.1:" + port,
                "framegate.deliver.kafka.topic",
                IMAGES.topic(),
                "framegate.deliver.kafka.security-protocol",
                securityProtocol(),
                "framegate.deliver.kafka.sasl",
                "PLAIN",
                "framegate.deliver.kafka.user",
                USER,
                "framegate.deliver.kafka.password",
                PASSWORD);
    }

    @Override
    public List<Delivered> delivered() {
        if (process != null) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(client(), new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.assign(List.of(IMAGES));
                consumer.seek(IMAGES, delivered.size());
                long end = consumer.endOffsets(List.of(IMAGES)).getOrDefault(IMAGES, 0L);
                while (consumer.position(IMAGES) < end) {
                    consumer.poll(Duration.ofSeconds(1)).forEach(record -> delivered.add(delivered(record)));
                }
            }
        }
        return List.copyOf(delivered);
    }

    private static Delivered delivered(ConsumerRecord<String, byte[]> record) {
        Map<String, String> metadata = new LinkedHashMap<>();
        record.headers().forEach(header -> metadata.put(header.key(), new String(header.value(), UTF_8)));
        return new Delivered(record.key(), record.value(), metadata);
    }

    @Override
    public int maxLength() {
        return MAX_LENGTH;
    }

    @Override
    public void refuse(Predicate<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        stop();
    }
}
