package io.framegate.watch.diagram;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The figures of each route from Camel's metrics, at one moment. Immutable. */
final class RouteFigures {

    private final Map<String, Long> totals;
    private final Map<String, Long> failures;
    private final Map<String, Timer> timers = new HashMap<>();

    RouteFigures(MeterRegistry metrics) {
        totals = counts(metrics, "camel.exchanges.total");
        failures = counts(metrics, "camel.exchanges.failed");
        metrics.find("camel.route.policy")
                .timers()
                .forEach(timer -> timers.put(route(timer.getId().getTag("routeId")), timer));
    }

    private static Map<String, Long> counts(MeterRegistry metrics, String name) {
        Map<String, Long> counts = new HashMap<>();
        metrics.find(name)
                .counters()
                .forEach(counter -> counts.put(route(counter.getId().getTag("routeId")), (long) counter.count()));
        return counts;
    }

    private static String route(@Nullable String id) {
        return id == null ? "" : id;
    }

    long total(String route) {
        return totals.getOrDefault(route, 0L);
    }

    long failed(String route) {
        return failures.getOrDefault(route, 0L);
    }

    @Nullable
    Double meanMillis(String route) {
        Timer timer = timers.get(route);
        return timer == null || timer.count() == 0 ? null : rounded(timer.mean(TimeUnit.NANOSECONDS));
    }

    @Nullable
    Double maxMillis(String route) {
        Timer timer = timers.get(route);
        return timer == null || timer.count() == 0 ? null : rounded(timer.max(TimeUnit.NANOSECONDS));
    }

    private static double rounded(double nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
