package io.framegate.worker;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check {@code framegate-worker-kafka}: down while no consumer of the worker has reached the broker for {@value
 * #MAX_SECONDS} s. Not part of the readiness, because the gateway serves its cameras. Makes no attempt itself.
 */
final class KafkaWorkerHealth extends AbstractHealthCheck {

    /** Three times the session timeout of the group. */
    private static final long MAX_SECONDS = 30;

    private final String worker;
    private final KafkaConsumers consumers;

    KafkaWorkerHealth(String worker, KafkaConsumers consumers) {
        super("framegate", "framegate-worker-" + worker);
        this.worker = worker;
        this.consumers = consumers;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("partitions", consumers.partitions());
        long seconds = (System.currentTimeMillis() - consumers.lastBeat()) / 1000;
        if (seconds <= MAX_SECONDS) {
            builder.up();
        } else {
            builder.message("worker " + worker + " has not reached its broker for " + seconds + " s")
                    .down();
        }
    }
}
