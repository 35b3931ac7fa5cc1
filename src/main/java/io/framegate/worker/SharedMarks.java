package io.framegate.worker;

import io.framegate.outbox.deliver.KafkaLogin;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.processor.idempotent.kafka.KafkaIdempotentRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's Kafka repository of the images that any worker has stored. It is opened with the first document and not at
 * the start, because a worker must start while the broker is away. Opening it reads the whole topic.
 *
 * <p>A mark is written after the work. After a crash between the two, the work is repeated, never left out.
 * Thread-safe.
 */
public final class SharedMarks extends ServiceSupport implements IdempotentRepository, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.worker");

    private final KafkaLogin login;
    private final String brokers;
    private final String topic;
    private final int maxEntries;
    private @Nullable CamelContext context;
    private @Nullable KafkaIdempotentRepository repository;

    /** Remembers up to {@code maxEntries} of the newest marks of this topic. */
    public SharedMarks(KafkaLogin login, String brokers, String topic, int maxEntries) {
        this.login = login;
        this.brokers = brokers;
        this.topic = topic;
        this.maxEntries = maxEntries;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    private synchronized KafkaIdempotentRepository open() {
        if (repository == null) {
            Properties client = new Properties();
            client.setProperty("bootstrap.servers", brokers);
            client.setProperty("default.api.timeout.ms", "10000");
            Properties producer = new Properties();
            producer.setProperty("bootstrap.servers", brokers);
            producer.setProperty("acks", "all");
            producer.setProperty("max.block.ms", "10000");
            producer.setProperty("request.timeout.ms", "10000");
            producer.setProperty("delivery.timeout.ms", "30000");
            requireTopic(login.withLogin(client));
            KafkaIdempotentRepository opened = new KafkaIdempotentRepository(
                    topic, login.withLogin(client), login.withLogin(producer), maxEntries, 100);
            opened.setCamelContext(context);
            try {
                ServiceHelper.startService(opened);
            } catch (RuntimeException e) {
                ServiceHelper.stopService(opened);
                throw new IllegalStateException("topic " + topic + ": cannot be read", e);
            }
            repository = opened;
        }
        return repository;
    }

    /** Camel (4.18) reads a topic that does not exist as an empty one, in an endless loop without a pause. */
    private void requireTopic(Properties client) {
        Deserializer<byte[]> bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> asks = new KafkaConsumer<>(client, bytes, bytes)) {
            List<PartitionInfo> partitions = asks.partitionsFor(topic, Duration.ofSeconds(10));
            if (partitions == null || partitions.isEmpty()) {
                throw new IllegalStateException("topic " + topic + " does not exist (expected: a topic that is made)");
            }
        }
    }

    @Override
    public boolean contains(String id) {
        return open().contains(id);
    }

    @Override
    public boolean add(String id) {
        return open().add(id);
    }

    /**
     * Returns true even if the mark cannot be written: the image is stored, and this worker must not store it again.
     */
    @Override
    public boolean add(Exchange exchange, String id) {
        try {
            return add(id);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("delivery", id)
                    .addKeyValue("failure", e.toString())
                    .log("stored, but other workers are not told: another copy may be stored again");
            return true;
        }
    }

    @Override
    public boolean remove(String id) {
        return open().remove(id);
    }

    @Override
    public boolean confirm(String id) {
        return true;
    }

    @Override
    public void clear() {
        open().clear();
    }

    @Override
    protected synchronized void doStop() {
        try {
            ServiceHelper.stopService(repository);
        } catch (ConcurrentModificationException e) {
            // Camel (4.18) closes its consumer while another thread reads with it.
            LOG.atDebug().setCause(e).log("marks not closed");
        } finally {
            repository = null;
        }
    }
}
