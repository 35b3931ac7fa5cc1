package io.framegate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventMeterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventMeter meter = new EventMeter(registry);

    private Timer after(@Nullable Long latency) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(FramegateHeaders.LATENCY, latency);
        meter.process(exchange);
        return registry.get("framegate.latency").timer();
    }

    @Test
    void eachFrameWithItsTimeOfSendingCounts() {
        after(120L);
        Timer timer = after(80L);
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(200);
    }

    @Test
    void eachEventCountsAndItsTime() {
        after(null);
        after(5L);
        assertThat(registry.get("framegate.events.accepted").counter().count()).isEqualTo(2);
        assertThat(registry.get("framegate.event.duration").timer().count()).isEqualTo(2);
    }

    @Test
    void frameWithoutItDoesNotCount() {
        assertThat(after(null).count()).isZero();
    }

    @Test
    void clockThatIsAheadCountsAsNoTime() {
        Timer timer = after(-50L);
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isZero();
    }
}
