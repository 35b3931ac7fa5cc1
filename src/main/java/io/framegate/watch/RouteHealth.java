package io.framegate.watch;

import io.framegate.reload.RouteProblem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health and metric of refused route files: the gateway runs with the routes it had before the edit, but the next start
 * would fail. Not part of the readiness, because cameras are served.
 */
public final class RouteHealth extends AbstractHealthCheck implements MeterBinder {

    private final Supplier<List<RouteProblem>> refused;

    /** Reports the problem of each refused file. */
    public RouteHealth(Supplier<List<RouteProblem>> refused) {
        super("framegate", "framegate-routes");
        this.refused = refused;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.routes.refused", refused, files -> files.get().size())
                .description("Route files whose newest content was refused: the next start would fail")
                .register(registry);
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<RouteProblem> problems = refused.get();
        builder.detail("refused", problems.size());
        if (problems.isEmpty()) {
            builder.up();
        } else {
            String files = problems.stream().map(RouteProblem::toString).collect(Collectors.joining("; "));
            builder.message("the next start would fail, the routes from before the edit keep running: " + files)
                    .down();
        }
    }
}
