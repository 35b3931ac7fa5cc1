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
 * Runs the exchanges of a packet, one after the other, as Camel's splitter does. If one of them fails, the packet's
 * exchange fails after the last one. All of them run, because on a bare socket no camera sends an image again.
 *
 * <p>It extends the multicast, with a different message for each copy. The constructor of Camel's splitter has fourteen
 * parameters, most of which a packet does not need.
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
            // A failed part becomes the result, which outlives the part's unit of work.
            part.setProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, packet.getUnitOfWork());
            pairs.add(createProcessorExchangePair(pairs.size(), parts, part, null));
        }
        return pairs;
    }

    /**
     * Sets the properties of a split, so that routes find the index of a part, the number of parts and the last part.
     */
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
