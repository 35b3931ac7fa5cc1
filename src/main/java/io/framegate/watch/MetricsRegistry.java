package io.framegate.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Finds the registry of the metrics: the application's, or one of ours if the application has none. */
public final class MetricsRegistry {

    private MetricsRegistry() {}

    /** Returns the registry of a context. All callers get the same one. */
    public static synchronized MeterRegistry of(CamelContext context) {
        Registry beans = context.getRegistry();
        Map<String, MeterRegistry> given = beans.findByTypeWithName(MeterRegistry.class);
        if (!given.isEmpty()) {
            MeterRegistry named = given.get(Micrometer.REGISTRY);
            // Spring knows which of several registries is the primary one.
            MeterRegistry single = named == null ? beans.findSingleByType(MeterRegistry.class) : named;
            return single == null ? given.values().iterator().next() : single;
        }
        MeterRegistry made = Micrometer.hasPrometheus(context) ? Prometheus.registry() : new SimpleMeterRegistry();
        beans.bind(Micrometer.REGISTRY, made);
        return made;
    }

    /** A separate class, because its library may be missing. */
    private static final class Prometheus {

        private Prometheus() {}

        static MeterRegistry registry() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
    }
}
