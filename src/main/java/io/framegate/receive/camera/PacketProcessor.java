package io.framegate.receive.camera;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.processor.MulticastProcessor;
import org.apache.camel.processor.ProcessorExchangePair;
import org.jspecify.annotations.Nullable;

/**
 * Runs the exchanges of a packet, one after the other, as Camel's splitter does. The packet's exchange fails if one of
 * them has failed, after the last of them: on a bare socket no camera sends an image again, so each has its turn.
 *
 * <p>It is a multicast whose copies differ: Camel's splitter takes fourteen arguments by their places, most of which a
 * packet does not need.
 */
final class PacketProcessor extends MulticastProcessor {

    private final PacketParts packets;
    private final PartProcessor parts;

    PacketProcessor(CamelContext context, PacketParts packets, PartProcessor parts) {
        super(context, null, List.of(parts), new FirstFailure());
        this.packets = packets;
        this.parts = parts;
    }

    @Override
    protected Iterable<ProcessorExchangePair> createProcessorExchangePairs(Exchange packet) {
        List<ProcessorExchangePair> pairs = new ArrayList<>();
        for (Message message : packets.of(packet)) {
            Exchange part = processorExchangeFactory.createCorrelatedCopy(packet, false);
            part.setIn(message);
            // A failed part is the result, which lives longer than the unit of work of the part.
            part.setProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, packet.getUnitOfWork());
            pairs.add(createProcessorExchangePair(pairs.size(), parts, part, null));
        }
        return pairs;
    }

    /** Routes find the place of a part where a split has it. */
    @Override
    protected void updateNewExchange(Exchange part, int index, Iterable<ProcessorExchangePair> all, boolean hasNext) {
        part.setProperty(ExchangePropertyKey.SPLIT_INDEX, index);
        part.setProperty(ExchangePropertyKey.SPLIT_SIZE, ((Collection<?>) all).size());
        part.setProperty(ExchangePropertyKey.SPLIT_COMPLETE, !hasNext);
    }

    /** The result is the packet's exchange, or the first of its parts that has failed. */
    private static final class FirstFailure implements AggregationStrategy {

        @Override
        public Exchange aggregate(Exchange oldExchange, Exchange newExchange) {
            throw new UnsupportedOperationException(
                    "a packet's parts: no packet (expected: a multicast that passes it on)");
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
