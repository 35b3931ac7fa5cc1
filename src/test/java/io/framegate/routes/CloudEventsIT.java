package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.framegate.it.support.CloudEventText;
import io.framegate.it.support.Pictures;
import io.framegate.it.target.BrokerTarget;
import io.framegate.it.target.Delivered;
import io.framegate.it.target.HttpTarget;
import io.framegate.it.target.KafkaTarget;
import io.framegate.it.target.TargetServer;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at real servers, read by the CloudEvents SDK: an image as bytes, and an event without one. */
@TestInstance(Lifecycle.PER_CLASS)
class CloudEventsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NAME = TestPacket.MAC.replace(':', '_');
    private static final byte[] IMAGE = Pictures.bareJpeg(20_000);

    private final Map<String, TargetServer> servers = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private RunningRoutes routes;

    @BeforeAll
    void start(@TempDir Path directory) {
        servers.put("http", new HttpTarget());
        servers.put("jms", BrokerTarget.jms(directory.resolve("jms")));
        servers.put("amqp", BrokerTarget.amqp(directory.resolve("amqp")));
        servers.put("mqtt", BrokerTarget.mqtt(directory.resolve("mqtt")));
        routes = deliver(directory.resolve("gateway"), servers);
    }

    private static RunningRoutes deliver(Path directory, Map<String, TargetServer> servers) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "framegate.deliver.cloudevents", "true",
                // It is away, and the images have their addresses there.
                "framegate.deliver.s3.enabled", "true",
                "framegate.deliver.s3.bucket", "archive",
                "framegate.deliver.s3.access-key", "test",
                "framegate.deliver.s3.secret-key", "test",
                "framegate.deliver.s3.endpoint", "http://127.0.0.1:1"));
        servers.forEach((target, server) -> {
            server.start();
            properties.putAll(server.properties());
            properties.put("framegate.deliver." + target + ".enabled", "true");
            properties.put("framegate.deliver." + target + ".events", "true");
        });
        RunningRoutes routes = RunningRoutes.in(directory, properties);
        routes.send(TestPacket.scene(IMAGE));
        routes.send(TestPacket.of("PEA", TestPacket.MAC).packet());
        return routes;
    }

    @AfterAll
    void stop() {
        routes.close();
        servers.values().forEach(TargetServer::close);
    }

    private static TargetServer server(String target, Map<String, TargetServer> servers) {
        return Objects.requireNonNull(servers.get(target));
    }

    private static List<Delivered> arrived(TargetServer server) {
        List<Delivered> arrived = new ArrayList<>();
        eventually("both arrived", SOON).ignoreExceptions().untilAsserted(() -> {
            arrived.clear();
            arrived.addAll(server.delivered());
            assertThat(arrived).hasSize(2);
        });
        return arrived;
    }

    private static void assertImageAndEvent(List<CloudEvent> events) throws IOException {
        CloudEvent image = events.get(0);
        String key = NAME + "-20260328T075821123456Z-" + Pictures.sha256(IMAGE).substring(0, 16);
        assertThat(image.getId()).isEqualTo(key);
        assertThat(image.getSource()).isEqualTo(URI.create(NAME));
        assertThat(image.getType()).isEqualTo("io.framegate.image.stored");
        assertThat(image.getTime()).isEqualTo(OffsetDateTime.parse("2026-03-28T07:58:21.123456Z"));
        assertThat(image.getDataContentType()).isEqualTo("image/jpeg");
        assertThat(image.getDataSchema()).isNull();
        assertThat(image.getExtension("partitionkey")).isEqualTo(TestPacket.MAC);
        assertThat(image.getExtension("dataref")).isEqualTo("s3://archive/" + NAME + "/2026/03/28/" + key + ".jpg");
        assertThat(data(image)).isEqualTo(IMAGE);

        CloudEvent event = events.get(1);
        JsonNode document = new ObjectMapper().readTree(data(event));
        assertThat(event.getId()).isEqualTo(document.path("deliveryId").asText());
        assertThat(event.getType()).isEqualTo("io.framegate.event.received");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getDataSchema()).isEqualTo(URI.create("urn:framegate:schema:event:1"));
        assertThat(event.getExtensionNames()).doesNotContain("dataref");
    }

    private static byte[] data(CloudEvent event) {
        return Objects.requireNonNull(event.getData()).toBytes();
    }

    @Test
    void requestsAreCloudEvents() throws IOException {
        assertImageAndEvent(arrived(server("http", servers)).stream()
                .map(one -> HttpMessageFactory.createReader(one.metadata(), one.content())
                        .toEvent())
                .toList());
    }

    @Test
    void messagesOfMqttAreCloudEvents() throws IOException {
        assertImageAndEvent(arrived(server("mqtt", servers)).stream()
                .map(one -> CloudEventText.read(
                        "", one.metadata(), one.metadata().getOrDefault("mqtt.content.type", "none"), one.content()))
                .toList());
    }

    @Test
    void messagesOfAmqpAreCloudEventsInTheGroupOfTheirCamera() throws Exception {
        Map<String, String> properties = server("amqp", servers).properties();
        assertReceived(
                new JmsConnectionFactory(
                        properties.get("framegate.deliver.amqp.user"),
                        properties.get("framegate.deliver.amqp.password"),
                        properties.get("framegate.deliver.amqp.url")),
                properties.get("framegate.deliver.amqp.destination"));
    }

    @Test
    void messagesOfJmsAreCloudEventsInTheGroupOfTheirCamera() throws Exception {
        Map<String, String> properties = server("jms", servers).properties();
        try (ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(
                properties.get("framegate.deliver.jms.url"),
                properties.get("framegate.deliver.jms.user"),
                properties.get("framegate.deliver.jms.password"))) {
            assertReceived(broker, properties.get("framegate.deliver.jms.destination"));
        }
    }

    private static void assertReceived(ConnectionFactory broker, String queue) throws Exception {
        List<CloudEvent> events = new ArrayList<>();
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            connection.start();
            for (int number = 0; number < 2; number++) {
                BytesMessage message = (BytesMessage) Objects.requireNonNull(consumer.receive(SOON.toMillis()));
                assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo(TestPacket.MAC);
                byte[] body = new byte[Math.toIntExact(message.getBodyLength())];
                message.readBytes(body);
                events.add(CloudEventText.read("cloudEvents_", properties(message), contentType(message), body));
            }
        }
        assertImageAndEvent(events);
    }

    private static Map<String, String> properties(BytesMessage message) throws JMSException {
        Map<String, String> properties = new HashMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement().toString();
            properties.put(name, message.getStringProperty(name));
        }
        return properties;
    }

    /** Artemis' own protocol has no place for it. */
    private static String contentType(BytesMessage message) throws JMSException {
        return message instanceof JmsMessage amqp && amqp.getFacade() instanceof AmqpJmsMessageFacade facade
                ? facade.getContentType().toString()
                : message.getStringProperty("FramegateContentType");
    }

    @Tag("faults")
    @Test
    void recordsOfKafkaAreCloudEvents(@TempDir Path own) throws IOException {
        try (KafkaTarget server = new KafkaTarget(own);
                RunningRoutes running = deliver(own.resolve("gateway"), Map.of("kafka", server))) {
            assertThat(running.files("images")).isNotEmpty();
            assertImageAndEvent(arrived(server).stream()
                    .map(record -> {
                        RecordHeaders headers = new RecordHeaders();
                        record.metadata()
                                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
                        return KafkaMessageFactory.createReader(headers, record.content())
                                .toEvent();
                    })
                    .toList());
        }
    }
}
