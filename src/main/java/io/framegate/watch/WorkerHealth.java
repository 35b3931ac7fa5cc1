package io.framegate.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check: down while a worker does not reach its broker, as the gauge {@value #UP} shows. Not part of the
 * readiness, because the gateway serves its cameras. Thread-safe.
 */
final class WorkerHealth extends AbstractHealthCheck {

    static final String UP = "framegate.worker.up";

    private final MeterRegistry metrics;

    WorkerHealth(MeterRegistry metrics) {
        super("framegate", "framegate-workers");
        this.metrics = metrics;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> away = metrics.find(UP).gauges().stream()
                .filter(gauge -> gauge.value() == 0)
                .map(WorkerHealth::worker)
                .sorted()
                .toList();
        if (away.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join(", ", away) + ": the worker does not reach its broker")
                    .down();
        }
    }

    private static String worker(Gauge gauge) {
        return String.valueOf(gauge.getId().getTag("worker"));
    }
}
