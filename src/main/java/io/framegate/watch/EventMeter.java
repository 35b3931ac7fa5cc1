package io.framegate.watch;

import io.framegate.intake.FramegateHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts accepted events and measures how long each took: from when its packet was there until all its images are stored, which is when
 * a camera that waits is answered; and on the way here, of frames that carry their time of sending. A sender whose clock is ahead of
 * ours counts as no time at all. Thread-safe.
 */
public final class EventMeter implements Processor {

    private final Counter accepted;
    private final Timer handling;
    private final Timer latency;

    /** Measures with metrics of this registry. */
    public EventMeter(MeterRegistry registry) {
        accepted = Counter.builder("framegate.events.accepted")
                .description(
                        "Events that were read and of which no image failed to be stored; images that are none are rejected")
                .register(registry);
        handling = Timer.builder("framegate.event")
                .description("From when a packet was received whole until its images are stored")
                .serviceLevelObjectives(Buckets.UP_TO_HALF_A_MINUTE)
                .register(registry);
        latency = Timer.builder("framegate.latency")
                .description("From the sender's clock to ours, of frames that carry their time of sending")
                .serviceLevelObjectives(Buckets.UP_TO_HALF_A_MINUTE)
                .register(registry);
    }

    @Override
    public void process(Exchange exchange) {
        accepted.increment();
        handling.record(Duration.ofMillis(exchange.getClock().elapsed()));
        Long millis = exchange.getMessage().getHeader(FramegateHeaders.LATENCY, Long.class);
        if (millis != null) {
            latency.record(Duration.ofMillis(Math.max(0, millis)));
        }
    }
}
