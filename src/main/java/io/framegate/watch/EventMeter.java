package io.framegate.watch;

import io.framegate.intake.FramegateHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts accepted events. Measures the time from the last byte of a packet until its images are stored, which is when a
 * waiting camera is answered, and the time from the sender's clock to ours, for frames that carry their time of
 * sending. If the sender's clock is ahead, that time counts as zero. Thread-safe.
 */
public final class EventMeter implements Processor {

    private final Counter accepted;
    private final Timer handling;
    private final Timer latency;

    public EventMeter(MeterRegistry registry) {
        accepted = Counter.builder("framegate.events.accepted")
                .description("Events whose images were all stored, except for data that is no image and was rejected")
                .register(registry);
        handling = Timer.builder("framegate.event.duration")
                .description("Time from the last byte of a packet until its images are stored")
                .serviceLevelObjectives(Buckets.UP_TO_HALF_A_MINUTE)
                .register(registry);
        latency = Timer.builder("framegate.latency")
                .description("Time from the sender's clock to ours, for frames that carry their time of sending")
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
