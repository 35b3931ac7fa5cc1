package io.framegate.watch;

import org.apache.camel.CamelContext;

/** Detects the metrics library of an application. Names none of its classes, so that the library may be missing. */
public final class Micrometer {

    /** The name of the registry's bean, which Camel uses too. */
    public static final String REGISTRY = "metricsRegistry";

    private static final String CORE = "io.micrometer.core.instrument.MeterRegistry";
    private static final String PROMETHEUS = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

    private Micrometer() {}

    /** Returns whether there can be metrics. */
    public static boolean isPresent(CamelContext context) {
        return context.getClassResolver().resolveClass(CORE) != null;
    }

    static boolean hasPrometheus(CamelContext context) {
        return context.getClassResolver().resolveClass(PROMETHEUS) != null;
    }
}
