package io.framegate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RejectionMeterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RejectionMeter meter = new RejectionMeter(registry);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private double count(RejectReason reason) {
        return registry.get("framegate.rejected")
                .tag("reason", reason.tag())
                .counter()
                .count();
    }

    @Test
    void packetCountsByItsReason() {
        exchange.getMessage().setBody(new RejectedPacket("xml", RejectReason.TOO_LONG, "", new byte[0], 0, false));
        meter.process(exchange);
        assertThat(count(RejectReason.TOO_LONG)).isEqualTo(1);
        assertThat(count(RejectReason.NOT_STORED)).isZero();
    }

    @Test
    void imageCountsByItsReason() {
        exchange.getMessage().setHeader(FramegateHeaders.REJECT_REASON, RejectReason.BAD_BASE64.tag());
        meter.process(exchange);
        assertThat(count(RejectReason.BAD_BASE64)).isEqualTo(1);
    }

    @Test
    void everyReasonIsThereFromTheStart() {
        for (RejectReason reason : RejectReason.values()) {
            assertThat(count(reason)).isZero();
        }
    }
}
