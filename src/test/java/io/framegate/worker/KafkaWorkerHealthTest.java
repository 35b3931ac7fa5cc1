package io.framegate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class KafkaWorkerHealthTest {

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaWorkerHealth health = new KafkaWorkerHealth("kafka", registry, millis::get);

    /** Nothing listens there. */
    private static Consumer<String, String> lonely() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + GatewayProcess.freePort(), "group.id", "lonely"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private double up() {
        return registry.get("framegate.worker.up")
                .tag("worker", "kafka")
                .gauge()
                .value();
    }

    @Test
    void workerIsDownAfterHalfAMinuteWithoutItsBroker() {
        try (Consumer<String, String> first = lonely();
                Consumer<String, String> second = lonely()) {
            health.add(Thread.currentThread(), first);
            millis.addAndGet(30_000);
            assertThat(health.call().getState()).isEqualTo(State.UP);
            assertThat(up()).isEqualTo(1);
            // A new consumer after a failure is no sign of the broker.
            health.add(Thread.currentThread(), second);
            millis.addAndGet(1_000);
            HealthCheck.Result result = health.call();
            assertThat(result.getState()).isEqualTo(State.DOWN);
            assertThat(result.getMessage()).hasValue("worker kafka has not reached its broker for 31 s");
            assertThat(result.getDetails()).containsEntry("partitions", 0L);
            assertThat(up()).isZero();
        }
    }

    @Test
    void gaugesShowTheConsumersAfterAReloadOfTheRoutes() {
        millis.addAndGet(60_000);
        assertThat(up()).isZero();
        KafkaWorkerHealth reloaded = new KafkaWorkerHealth("kafka", registry, millis::get);
        assertThat(up()).isEqualTo(1);
        assertThat(reloaded.isReadiness()).isFalse();
    }
}
