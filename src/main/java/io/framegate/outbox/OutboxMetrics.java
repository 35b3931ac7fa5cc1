package io.framegate.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/** How much waits for each target, since when, and how much was set aside: metrics with the tag {@code target}. */
public final class OutboxMetrics implements MeterBinder {

    private static final String TARGET = "target";

    private final Outbox outbox;

    /** Of this outbox. */
    public OutboxMetrics(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String target : outbox.targets()) {
            Gauge.builder("framegate.outbox.waiting", outbox, waiting -> waiting.waiting(target))
                    .description("What still has to be delivered")
                    .tag(TARGET, target)
                    .register(registry);
            TimeGauge.builder(
                            "framegate.outbox.oldest", outbox, TimeUnit.MILLISECONDS, waiting -> waiting.oldest(target)
                                    .toMillis())
                    .description("Since when the oldest of it waits")
                    .tag(TARGET, target)
                    .register(registry);
            Gauge.builder("framegate.outbox.set.aside", outbox, waiting -> waiting.countSetAside(target))
                    .description("What the target refused for good")
                    .tag(TARGET, target)
                    .register(registry);
        }
    }
}
