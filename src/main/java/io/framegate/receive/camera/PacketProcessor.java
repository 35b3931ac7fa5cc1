package io.framegate.receive.camera;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.processor.Splitter;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Runs the exchanges of a packet, one after the other, as Camel's splitter does. The packet's exchange fails if one of
 * them has failed, after the last of them: on a bare socket no camera sends an image again, so each has its turn.
 */
final class PacketProcessor extends Splitter {

    PacketProcessor(CamelContext context, PacketParts packets, PartProcessor parts) {
        super(
                context,
                null,
                parts(packets),
                parts,
                new FirstFailure(),
                false,
                null,
                false,
                false,
                false,
                0,
                null,
                false,
                false);
    }

    private static Expression parts(PacketParts packets) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return packets.of(exchange);
            }
        };
    }

    /** The result is the packet's exchange, or the first of its parts that has failed. */
    private static final class FirstFailure implements AggregationStrategy {

        @Override
        public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
            throw new UnsupportedOperationException(
                    "a packet's parts: no packet (expected: a split that passes it on)");
        }

        @Override
        public Exchange aggregate(@Nullable Exchange last, Exchange part, Exchange packet) {
            if (last != null && last.getException() != null) {
                return last;
            }
            return part.getException() != null ? part : packet;
        }
    }
}
