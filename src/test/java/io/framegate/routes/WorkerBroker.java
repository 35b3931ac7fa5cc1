package io.framegate.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.it.target.TargetServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of the workers of one test, on a broker that several tests share. */
final class WorkerBroker implements AutoCloseable {

    private static final String DELIVER = "framegate.deliver.kafka.";
    private static final String WORKER = "framegate.worker.kafka.";

    private final Map<String, String> broker = new TreeMap<>();
    private final Map<String, Object> client = new HashMap<>();
    private final String name;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    /** What a worker has sent to the dead letters, or what it gets. */
    record Letter(String key, byte[] body, Map<String, String> headers) {}

    /** Topics with this name, and so many partitions. */
    WorkerBroker(TargetServer kafka, String name, int partitions) {
        this.name = name;
        kafka.properties().forEach((property, value) -> broker.put(property.replace(DELIVER, WORKER), value));
        client.put("bootstrap.servers", broker.get(WORKER + "brokers"));
        client.put("security.protocol", broker.get(WORKER + "security-protocol"));
        client.put("sasl.mechanism", "PLAIN");
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                        + broker.get(WORKER + "user") + "\" password=\"" + broker.get(WORKER + "password") + "\";");
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        create(topic(), partitions);
        createDone();
    }

    String topic() {
        return name;
    }

    void createDone() {
        create(topic() + ".done", 1);
    }

    void deleteDone() {
        try {
            admin.deleteTopics(List.of(topic() + ".done")).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    void createDeadLetters() {
        create(topic() + ".dead", 1);
    }

    private void create(String topic, int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The properties of a worker of this test's group. */
    Map<String, String> worker() {
        Map<String, String> worker = new TreeMap<>(broker);
        worker.put(WORKER + "enabled", "true");
        worker.put(WORKER + "topic", topic());
        worker.put(WORKER + "group", name);
        worker.put(WORKER + "dead-letter-topic", topic() + ".dead");
        worker.put(WORKER + "done-topic", topic() + ".done");
        worker.put("framegate.deliver.retry-delay", "50ms");
        worker.put("framegate.deliver.max-retry-delay", "200ms");
        return worker;
    }

    /** The login for routes without one, as names and values of properties. */
    String[] login() {
        return new String[] {
            "camel.component.kafka.security-protocol",
                    client.get("security.protocol").toString(),
            "camel.component.kafka.sasl-mechanism", client.get("sasl.mechanism").toString(),
            "camel.component.kafka.sasl-jaas-config",
                    client.get("sasl.jaas.config").toString()
        };
    }

    void send(String camera, byte[] document, String... headers) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(topic(), camera, document);
        for (int i = 0; i < headers.length; i += 2) {
            sent.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        try {
            producer.send(sent).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Letter> deadLetters() {
        return records(topic() + ".dead");
    }

    private List<Letter> records(String topic) {
        List<Letter> letters = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> letters.add(letter(record)));
            }
        }
        return letters;
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Letter(record.key(), record.value(), headers);
    }

    /** How many records the group has committed. */
    long committed() {
        try {
            return admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
