package io.framegate.wire.json;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Padding;
import io.framegate.wire.WireFormat;
import io.framegate.wire.embedded.DocumentCutter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * JSON documents on the bare socket, one after the other. Recognised by a bracket and a character that may follow it,
 * also after white space, a byte order mark or a name in number signs.
 *
 * <p>A length of four or eight bytes may begin with the same byte, but has a zero among its first four.
 */
public final class JsonFormat implements WireFormat {

    /** The format's name in headers, logs and metrics. */
    public static final String NAME = "json";

    private static final int MAX_FIRST = 256;
    private static final int LENGTH = 4;
    private static final String IN_OBJECT = "\"'}/_";
    private static final String IN_ARRAY = "\"'{[]";

    private final PacketLimits limits;

    public JsonFormat(PacketLimits limits) {
        this.limits = limits;
    }

    @Override
    public Match match(ByteBuf first) {
        int at = afterPadding(first, first.readerIndex());
        if (at == first.writerIndex()) {
            return more(first);
        }
        Match bracket = first.getByte(at) == '#' ? label(first, at) : document(first, at);
        return bracket == Match.YES ? notALength(first) : bracket;
    }

    private static Match more(ByteBuf first) {
        return first.readableBytes() < MAX_FIRST ? Match.MORE : Match.NO;
    }

    private static int afterPadding(ByteBuf first, int from) {
        int at = from;
        while (at < first.writerIndex() && first.getByte(at) != 0 && Padding.isBetweenPackets(first.getByte(at))) {
            at++;
        }
        return at;
    }

    private static Match document(ByteBuf first, int at) {
        byte bracket = first.getByte(at);
        if (bracket != '{' && bracket != '[') {
            return Match.NO;
        }
        int next = afterPadding(first, at + 1);
        if (next == first.writerIndex()) {
            return more(first);
        }
        char inside = (char) (first.getByte(next) & 0xFF);
        boolean name = inside < 0x80 && Character.isLetter(inside);
        boolean fits = bracket == '{' ? name || IN_OBJECT.indexOf(inside) >= 0 : IN_ARRAY.indexOf(inside) >= 0;
        return fits ? Match.YES : Match.NO;
    }

    private static Match label(ByteBuf first, int from) {
        JsonLabel label = new JsonLabel();
        int at = from;
        while (at < first.writerIndex() && !label.isClosed()) {
            if (!label.take(first.getByte(at++))) {
                return Match.NO;
            }
        }
        return at < first.writerIndex() ? document(first, at) : Match.MORE;
    }

    private static Match notALength(ByteBuf first) {
        for (int i = 0; i < LENGTH; i++) {
            if (i == first.readableBytes()) {
                return Match.MORE;
            }
            byte b = first.getByte(first.readerIndex() + i);
            if (b >= 0 && b < '\t') {
                return Match.NO;
            }
        }
        return Match.YES;
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(
                AnswerDiscarder.INSTANCE,
                new FrameDecoder(out -> new DocumentCutter(out, new JsonPacketReader(NAME, limits))));
    }
}
