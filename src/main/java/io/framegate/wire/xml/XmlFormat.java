package io.framegate.wire.xml;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Padding;
import io.framegate.wire.WireFormat;
import io.framegate.wire.embedded.DocumentCutter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/** XML packets on the bare socket. Recognised by {@code <}, also after white space or a byte order mark. */
public final class XmlFormat implements WireFormat {

    /** The format's name in headers, logs and metrics. */
    public static final String NAME = "xml";

    private static final int MAX_WHITE_SPACE = 256;

    private final PacketLimits limits;

    public XmlFormat(PacketLimits limits) {
        this.limits = limits;
    }

    @Override
    public Match match(ByteBuf first) {
        for (int i = first.readerIndex(); i < first.writerIndex(); i++) {
            byte b = first.getByte(i);
            if (!Padding.isBetweenPackets(b)) {
                return b == '<' ? Match.YES : Match.NO;
            }
        }
        return first.readableBytes() < MAX_WHITE_SPACE ? Match.MORE : Match.NO;
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(
                AnswerDiscarder.INSTANCE,
                new FrameDecoder(out -> new DocumentCutter(out, new XmlPacketReader(NAME, limits))));
    }
}
