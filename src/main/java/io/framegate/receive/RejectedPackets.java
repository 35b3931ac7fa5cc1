package io.framegate.receive;

import io.framegate.event.RejectedPacket;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * Whether a decoder has rejected the packet in the body. Simple's {@code is} would ask the class loader for each
 * packet: 5 % of what C2 compiles for length frames. Stateless.
 */
public final class RejectedPackets implements Predicate {

    @Override
    public boolean matches(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof RejectedPacket;
    }
}
