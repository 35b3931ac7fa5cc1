package io.framegate.route;

import io.framegate.event.FramegateHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Measures how long frames that carry their time of sending were on the way: the metric {@code framegate.latency}. A sender whose
 * clock is ahead of ours counts as no time at all. Thread-safe.
 */
public final class LatencyMeter implements Processor {

    /** The metric's name. */
    public static final String NAME = "framegate.latency";

    private final Timer timer;

    /** Measures with a metric of this registry. */
    public LatencyMeter(MeterRegistry registry) {
        timer = Timer.builder(NAME)
                .description("From the sender's clock to ours, of frames that carry their time of sending")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    @Override
    public void process(Exchange exchange) {
        Long millis = exchange.getMessage().getHeader(FramegateHeaders.LATENCY, Long.class);
        if (millis != null) {
            timer.record(Duration.ofMillis(Math.max(0, millis)));
        }
    }
}
