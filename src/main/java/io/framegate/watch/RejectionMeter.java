package io.framegate.watch;

import io.framegate.event.RejectReason;
import io.framegate.store.quarantine.Quarantine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Counts rejected packets and images by reason, before they go to the quarantine. Thread-safe. */
public final class RejectionMeter implements Processor {

    private final Map<String, Counter> byReason;

    public RejectionMeter(MeterRegistry registry) {
        byReason = Arrays.stream(RejectReason.values())
                .map(RejectReason::tag)
                .collect(Collectors.toMap(Function.identity(), reason -> Counter.builder("framegate.rejected")
                        .description("Packets and images that could not be read or stored")
                        .tag("reason", reason)
                        .register(registry)));
    }

    @Override
    public void process(Exchange exchange) {
        Counter reason = byReason.get(Quarantine.reason(exchange.getMessage()));
        if (reason != null) {
            reason.increment();
        }
    }
}
