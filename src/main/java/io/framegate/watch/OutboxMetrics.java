package io.framegate.watch;

import io.framegate.outbox.Acceptances;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.TargetState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Metrics of the deliveries to each target, with the tag {@code target}. */
public final class OutboxMetrics implements MeterBinder {

    private static final String TARGET = "target";

    private final Outbox outbox;

    public OutboxMetrics(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Acceptances.Failure reason : Acceptances.Failure.values()) {
            FunctionCounter.builder("framegate.accept.failed", outbox, waited -> waited.acceptances()
                            .countFailed(reason))
                    .description("Packets that were not accepted, because targets did not have them in time")
                    .tag("reason", reason.tag())
                    .register(registry);
        }
        for (String target : outbox.targets()) {
            Gauge.builder("framegate.outbox.waiting", outbox, waiting -> waiting.waiting(target))
                    .description("Images and events that wait for delivery")
                    .tag(TARGET, target)
                    .register(registry);
            TimeGauge.builder("framegate.outbox.oldest.age", outbox, TimeUnit.MILLISECONDS, waiting -> waiting.oldest(
                                    target)
                            .toMillis())
                    .description("Age of the oldest that waits")
                    .tag(TARGET, target)
                    .register(registry);
            Gauge.builder("framegate.outbox.set.aside", outbox, waiting -> waiting.countSetAside(target))
                    .description("Images and events that the target refused for good")
                    .tag(TARGET, target)
                    .register(registry);
            bindTo(registry, target, outbox.state(target));
        }
    }

    private static void bindTo(MeterRegistry registry, String target, TargetState state) {
        Gauge.builder("framegate.target.up", state, asked -> asked.absence() == null ? 1 : 0)
                .description("0 from a failed attempt until the target accepts something")
                .tag(TARGET, target)
                .register(registry);
        FunctionCounter.builder("framegate.deliveries", state, TargetState::countDelivered)
                .description("Images and events that the target accepted")
                .tag(TARGET, target)
                .register(registry);
        FunctionCounter.builder("framegate.deliveries.failed", state, TargetState::countFailed)
                .description("Failed attempts to deliver")
                .tag(TARGET, target)
                .register(registry);
        Timer timer = Timer.builder("framegate.delivery.duration")
                .description("Time from the receipt of a packet to the delivery of its content")
                .tag(TARGET, target)
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofDays(1))
                .register(registry);
        state.setTimer(timer::record);
    }
}
