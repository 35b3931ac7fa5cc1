package io.framegate.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * The gauges of a worker's consumers: whether they reach the broker, their partitions, and the records that wait. Reads
 * the metrics of the consumers, and makes no attempt itself. Thread-safe.
 */
final class KafkaWorkerMeter {

    /** Without a heartbeat for longer, the worker counts as away: three times the session timeout of the group. */
    private static final long MAX_SECONDS = 30;

    private static final String TAG = "worker";

    private final String worker;
    private final Map<Thread, Consumer<?, ?>> consumers = new ConcurrentHashMap<>();

    /** The time of the last heartbeat to the broker, in milliseconds since 1970; of the start before the first. */
    private final AtomicLong lastBeat;

    private final LongSupplier clock;

    /** Watches the consumers of a worker with this clock, in milliseconds since 1970. */
    KafkaWorkerMeter(String worker, MeterRegistry registry, LongSupplier clock) {
        this.worker = worker;
        this.clock = clock;
        this.lastBeat = new AtomicLong(clock.getAsLong());
        gauge(registry, "framegate.worker.lag", meter -> meter.sum("records-lag"))
                .description("Records after the last one that the worker has fetched, in its partitions")
                .register(registry);
        gauge(registry, "framegate.worker.partitions", meter -> meter.sum("assigned-partitions"))
                .description("Partitions that the worker's consumers have")
                .register(registry);
        gauge(registry, "framegate.worker.up", meter -> meter.secondsAway() <= MAX_SECONDS ? 1 : 0)
                .description("0 while no consumer of the worker has reached the broker for " + MAX_SECONDS + " s")
                .register(registry);
    }

    private Gauge.Builder<KafkaWorkerMeter> gauge(
            MeterRegistry registry, String name, ToDoubleFunction<KafkaWorkerMeter> value) {
        // Otherwise the gauge from before a reload of the routes would stay, and show consumers that are gone.
        Meter before = registry.find(name).tag(TAG, worker).gauge();
        if (before != null) {
            registry.remove(before);
        }
        return Gauge.builder(name, this, value).tag(TAG, worker);
    }

    /** Whether this thread had a consumer before. */
    boolean knows(Thread thread) {
        return consumers.containsKey(thread);
    }

    /** Watches the consumer of this thread, in place of the one that it had before. */
    void add(Thread thread, Consumer<?, ?> consumer) {
        // Keeps the last heartbeat of the previous consumer.
        secondsAway();
        consumers.put(thread, consumer);
    }

    private long secondsAway() {
        long now = clock.getAsLong();
        values("last-heartbeat-seconds-ago")
                .filter(seconds -> seconds >= 0)
                .min()
                .ifPresent(seconds -> lastBeat.accumulateAndGet(now - (long) (seconds * 1000), Math::max));
        return (now - lastBeat.get()) / 1000;
    }

    private double sum(String metric) {
        return values(metric).sum();
    }

    private DoubleStream values(String metric) {
        consumers.keySet().removeIf(thread -> !thread.isAlive());
        return consumers.values().stream()
                .flatMap(consumer -> consumer.metrics().values().stream())
                .filter(one -> one.metricName().name().equals(metric))
                .mapToDouble(KafkaWorkerMeter::value);
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Double value && !value.isNaN() ? value : 0;
    }
}
