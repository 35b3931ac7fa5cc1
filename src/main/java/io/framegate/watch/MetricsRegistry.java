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

    /** The name of the bean, which is also Camel's. */
    public static final String NAME = "metricsRegistry";

    private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";
    private static final String PROMETHEUS = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

    private MetricsRegistry() {}

    /** Whether Micrometer is on the class path. */
    public static boolean isPossible(CamelContext context) {
        return context.getClassResolver().resolveClass(MICROMETER) != null;
    }

    /** The registry of a context; one for all callers. */
    public static synchronized MeterRegistry of(CamelContext context) {
        Registry beans = context.getRegistry();
        Map<String, MeterRegistry> given = beans.findByTypeWithName(MeterRegistry.class);
        if (!given.isEmpty()) {
            MeterRegistry named = given.get(NAME);
            // Spring knows which of several is the primary one.
            MeterRegistry single = named == null ? beans.findSingleByType(MeterRegistry.class) : named;
            return single == null ? given.values().iterator().next() : single;
        }
        MeterRegistry made = context.getClassResolver().resolveClass(PROMETHEUS) == null
                ? new SimpleMeterRegistry()
                : Prometheus.registry();
        beans.bind(NAME, made);
        return made;
    }

    /** Apart, because its library may be missing. */
    private static final class Prometheus {

        private Prometheus() {}

        static MeterRegistry registry() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
    }
}
