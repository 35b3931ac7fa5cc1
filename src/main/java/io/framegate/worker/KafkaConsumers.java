package io.framegate.worker;

import io.framegate.outbox.deliver.KafkaLogin;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Creates the consumers of a worker, and measures their lag in records. Each thread has one consumer, and creates a new
 * one after a failure: Camel (4.18) has no other way to read a record again. The new consumer keeps the name of the old
 * one in the group ({@code group.instance.id}), so that the group does not rebalance. Thread-safe.
 */
public final class KafkaConsumers extends DefaultKafkaClientFactory implements CamelContextAware {

    private static final String LAG = "framegate.worker.lag";
    private static final String WORKER = "worker";

    private static final long PAUSE_MILLIS = 500;

    private final String worker;
    private final KafkaLogin login;

    /** Differs after a restart: two processes with the same name would fence each other. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicInteger threads = new AtomicInteger();
    private final Map<Thread, String> names = new ConcurrentHashMap<>();
    private final Map<Thread, Consumer<?, ?>> consumers = new ConcurrentHashMap<>();

    /**
     * The time of the last heartbeat to the broker, in milliseconds since 1970; the time of the start before the first
     * one.
     */
    private final AtomicLong lastBeat = new AtomicLong(System.currentTimeMillis());

    private @Nullable CamelContext context;

    /** Creates consumers for this worker with this log-in. Their lag is a metric. */
    public KafkaConsumers(String worker, KafkaLogin login, MeterRegistry registry) {
        this.worker = worker;
        this.login = login;
        // Otherwise the gauge from before a reload of the routes would stay, and show a consumer that is gone.
        Meter before = registry.find(LAG).tag(WORKER, worker).gauge();
        if (before != null) {
            registry.remove(before);
        }
        Gauge.builder(LAG, this, KafkaConsumers::lag)
                .description("Records after the last one that the worker has fetched, in its partitions")
                .tag(WORKER, worker)
                .register(registry);
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    /** Registers the health check of the worker. Replaces the health check from before a reload. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        if (checks != null) {
            KafkaWorkerHealth health = new KafkaWorkerHealth(worker, this);
            checks.getCheck(health.getId()).ifPresent(checks::unregister);
            checks.register(health);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's.
    public Consumer getConsumer(Properties properties) {
        Thread thread = Thread.currentThread();
        if (consumers.containsKey(thread)) {
            // A consumer that fails at once must not fail a thousand times a second.
            pause();
        }
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                names.computeIfAbsent(thread, first -> process + "-" + threads.incrementAndGet()));
        login.requireKafka(all);
        Consumer<?, ?> consumer = new RefusedLoginConsumer(login.withLogin(all));
        // Keeps the last heartbeat of the previous consumer.
        lastBeat();
        consumers.put(thread, consumer);
        return consumer;
    }

    /** The time of the last heartbeat that any consumer has sent to the broker, in milliseconds since 1970. */
    long lastBeat() {
        double secondsAgo = values("last-heartbeat-seconds-ago")
                .filter(seconds -> seconds >= 0)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        if (secondsAgo < Double.POSITIVE_INFINITY) {
            long beat = System.currentTimeMillis() - (long) (secondsAgo * 1000);
            lastBeat.accumulateAndGet(beat, Math::max);
        }
        return lastBeat.get();
    }

    /** The number of partitions that the consumers of this process have. */
    long partitions() {
        return (long) values("assigned-partitions").sum();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double lag() {
        return values("records-lag").sum();
    }

    private DoubleStream values(String name) {
        consumers.keySet().removeIf(thread -> !thread.isAlive());
        names.keySet().removeIf(thread -> !thread.isAlive());
        return consumers.values().stream()
                .flatMap(consumer -> consumer.metrics().values().stream())
                .filter(metric -> metric.metricName().name().equals(name))
                .mapToDouble(KafkaConsumers::value);
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Double value && !value.isNaN() ? value : 0;
    }
}
