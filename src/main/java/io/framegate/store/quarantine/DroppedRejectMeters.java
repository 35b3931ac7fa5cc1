package io.framegate.store.quarantine;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Metrics of the dropped copies of rejected packets, by cause. Thread-safe. */
public final class DroppedRejectMeters implements MeterBinder {

    private final DroppedRejects dropped;

    /** Shows the counts of this instance. */
    public DroppedRejectMeters(DroppedRejects dropped) {
        this.dropped = dropped;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (DroppedRejects.Cause cause : DroppedRejects.Cause.values()) {
            FunctionCounter.builder("framegate.quarantine.dropped", dropped, counted -> counted.count(cause))
                    .description("Rejected packets and images of which no copy could be kept")
                    .tag("reason", cause.tag())
                    .register(registry);
        }
    }
}
