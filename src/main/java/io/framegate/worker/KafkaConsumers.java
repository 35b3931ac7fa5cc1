package io.framegate.worker;

import io.framegate.outbox.deliver.KafkaLogin;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;

/**
 * Makes the consumers of a worker, and knows how many records they are behind. Each thread has one consumer, and makes
 * another after a failure: Camel (4.18) has no other way to read a record again. The new one has the old one's name in
 * the group ({@code group.instance.id}), so that the group need not share out its partitions again. Thread-safe.
 */
public final class KafkaConsumers extends DefaultKafkaClientFactory {

    private static final long PAUSE_MILLIS = 500;

    private final KafkaLogin login;

    /** Not the same after a restart: two processes with one name would shut each other out. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicInteger threads = new AtomicInteger();
    private final Map<Thread, String> names = new ConcurrentHashMap<>();
    private final Map<Thread, Consumer<?, ?>> consumers = new ConcurrentHashMap<>();

    /** Makes consumers for this worker with this log-in; their lag is a metric. */
    public KafkaConsumers(String worker, KafkaLogin login, MeterRegistry registry) {
        this.login = login;
        Gauge.builder("framegate.worker.lag", this, KafkaConsumers::lag)
                .description("Records after the last one that the worker has fetched, in its partitions")
                .tag("worker", worker)
                .register(registry);
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's.
    public Consumer getConsumer(Properties properties) {
        Thread thread = Thread.currentThread();
        if (consumers.containsKey(thread)) {
            // What fails at once must not fail a thousand times a second.
            pause();
        }
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                names.computeIfAbsent(thread, first -> process + "-" + threads.incrementAndGet()));
        login.requireKafka(all);
        Consumer<?, ?> consumer = new RefusedLoginConsumer(login.withLogin(all));
        consumers.put(thread, consumer);
        return consumer;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double lag() {
        consumers.keySet().removeIf(thread -> !thread.isAlive());
        names.keySet().removeIf(thread -> !thread.isAlive());
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
