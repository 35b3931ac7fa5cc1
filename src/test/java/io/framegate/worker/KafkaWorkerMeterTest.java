package io.framegate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class KafkaWorkerMeterTest {

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaWorkerMeter meter = new KafkaWorkerMeter("kafka", registry, millis::get);

    /** Nothing listens there. */
    private static Consumer<String, String> lonely() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + GatewayProcess.freePort(), "group.id", "lonely"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private double gauge(String name) {
        return registry.get("framegate.worker." + name)
                .tag("worker", "kafka")
                .gauge()
                .value();
    }

    @Test
    void workerIsDownAfterHalfAMinuteWithoutItsBroker() {
        try (Consumer<String, String> first = lonely();
                Consumer<String, String> second = lonely()) {
            meter.add(Thread.currentThread(), first);
            millis.addAndGet(30_000);
            assertThat(gauge("up")).isEqualTo(1);
            // A new consumer after a failure is no sign of the broker.
            meter.add(Thread.currentThread(), second);
            millis.addAndGet(1_000);
            assertThat(gauge("up")).isZero();
            assertThat(gauge("partitions")).isZero();
        }
    }

    @Test
    void gaugesShowTheConsumersAfterAReloadOfTheRoutes() {
        millis.addAndGet(60_000);
        assertThat(gauge("up")).isZero();
        KafkaWorkerMeter reloaded = new KafkaWorkerMeter("kafka", registry, millis::get);
        assertThat(gauge("up")).isEqualTo(1);
        assertThat(reloaded.knows(Thread.currentThread())).isFalse();
    }
}
