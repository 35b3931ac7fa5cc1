package io.framegate.worker;

import io.framegate.outbox.deliver.KafkaLogin;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Makes the consumers of a worker, and knows how many records they are behind. Each thread has one consumer, and makes
 * another after a failure. Thread-safe.
 */
public final class KafkaConsumers extends DefaultKafkaClientFactory {

    private final KafkaLogin login;
    private final Map<Thread, Consumer<?, ?>> consumers = new ConcurrentHashMap<>();

    /** Consumers with this log-in, whose lag is a metric. */
    public KafkaConsumers(KafkaLogin login, MeterRegistry registry) {
        this.login = login;
        Gauge.builder("framegate.worker.lag", this, KafkaConsumers::lag)
                .description("Records after the last one that the worker has fetched, in its partitions")
                .tag("worker", "kafka")
                .register(registry);
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's.
    public Consumer getConsumer(Properties properties) {
        Consumer<?, ?> consumer = login.getConsumer(properties);
        consumers.put(Thread.currentThread(), consumer);
        return consumer;
    }

    private double lag() {
        consumers.keySet().removeIf(thread -> !thread.isAlive());
        return consumers.values().stream()
                .flatMap(consumer -> consumer.metrics().values().stream())
                .filter(metric -> metric.metricName().name().equals("records-lag"))
                .mapToDouble(KafkaConsumers::value)
                .sum();
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Double value && !value.isNaN() ? value : 0;
    }
}
