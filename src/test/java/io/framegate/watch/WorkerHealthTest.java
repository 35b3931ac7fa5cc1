package io.framegate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;

class WorkerHealthTest {

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final WorkerHealth health = new WorkerHealth(metrics);

    private AtomicInteger worker(String name) {
        AtomicInteger up = new AtomicInteger(1);
        Gauge.builder(WorkerHealth.UP, up, AtomicInteger::get)
                .tag("worker", name)
                .strongReference(true)
                .register(metrics);
        return up;
    }

    @Test
    void gatewayWithoutWorkersIsUp() {
        assertThat(health.call().getState()).isEqualTo(State.UP);
        assertThat(health.isReadiness()).isFalse();
    }

    @Test
    void workersThatDoNotReachTheirBrokerAreNamed() {
        AtomicInteger first = worker("kafka");
        AtomicInteger second = worker("kafka2");
        assertThat(health.call().getState()).isEqualTo(State.UP);
        second.set(0);
        HealthCheck.Result result = health.call();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage()).hasValue("kafka2: the worker does not reach its broker");
        first.set(0);
        assertThat(health.call().getMessage()).hasValue("kafka, kafka2: the worker does not reach its broker");
    }
}
