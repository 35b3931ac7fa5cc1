package io.framegate.wire;

import io.framegate.wire.embedded.DocumentCutter;
import io.framegate.wire.json.JsonFormat;
import io.framegate.wire.json.JsonPacketReader;
import io.framegate.wire.xml.XmlFormat;
import io.framegate.wire.xml.XmlPacketReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * XML packets and JSON documents on the bare socket, in any order. The first bytes of a connection select only this
 * format; the first byte of each packet decides its language.
 */
final class DocumentFormat implements WireFormat {

    private final WireFormat first;
    private final PacketLimits limits;

    /**
     * Creates a format.
     *
     * @param first recognises the first packet
     */
    DocumentFormat(WireFormat first, PacketLimits limits) {
        this.first = first;
        this.limits = limits;
    }

    @Override
    public Match match(ByteBuf bytes) {
        return first.match(bytes);
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        String expectedFirst = "one of the formats " + String.join(", ", KnownFormat.names());
        return List.of(
                AnswerDiscarder.INSTANCE,
                new FrameDecoder(out -> new DocumentCutter(
                        out,
                        expectedFirst,
                        new XmlPacketReader(XmlFormat.NAME, limits),
                        new JsonPacketReader(JsonFormat.NAME, limits))));
    }
}
