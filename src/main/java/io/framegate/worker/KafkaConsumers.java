package io.framegate.worker;

import io.framegate.outbox.deliver.KafkaLogin;
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

/**
 * Creates the consumers of a worker. Each thread has one consumer, and creates a new one after a failure: Camel (4.18)
 * has no other way to read a record again. The new consumer keeps the name of the old one in the group ({@code
 * group.instance.id}), so that the group does not rebalance. Thread-safe.
 */
public final class KafkaConsumers extends DefaultKafkaClientFactory {

    private static final long PAUSE_MILLIS = 500;

    private final KafkaLogin login;
    private final KafkaWorkerMeter meter;

    /** Differs after a restart: two processes with the same name would fence each other. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicInteger threads = new AtomicInteger();
    private final Map<Thread, String> names = new ConcurrentHashMap<>();

    /** Makes consumers for this worker with this login. Their state is in metrics. */
    public KafkaConsumers(String worker, KafkaLogin login, MeterRegistry registry) {
        this.login = login;
        this.meter = new KafkaWorkerMeter(worker, registry, System::currentTimeMillis);
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's.
    public Consumer getConsumer(Properties properties) {
        Thread thread = Thread.currentThread();
        if (meter.knows(thread)) {
            // A consumer that fails at once must not fail a thousand times a second.
            pause();
        }
        Properties all = new Properties();
        all.putAll(properties);
        names.keySet().removeIf(one -> !one.isAlive());
        all.setProperty(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                names.computeIfAbsent(thread, first -> process + "-" + threads.incrementAndGet()));
        login.requireKafka(all);
        Consumer<?, ?> consumer = new RefusedLoginConsumer(login.withLogin(all));
        meter.add(thread, consumer);
        return consumer;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
