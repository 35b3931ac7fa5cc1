package io.framegate.wire.jpeg;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/** JPEGs back to back. Recognised by {@code FF D8 FF}. */
public final class JpegFormat implements WireFormat {

    private static final int[] BEGINNING = {0xFF, 0xD8, 0xFF};

    private final int maxFrameLength;

    public JpegFormat(int maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    @Override
    public Match match(ByteBuf first) {
        int length = Math.min(BEGINNING.length, first.readableBytes());
        for (int i = 0; i < length; i++) {
            if (first.getUnsignedByte(first.readerIndex() + i) != BEGINNING[i]) {
                return Match.NO;
            }
        }
        return length == BEGINNING.length ? Match.YES : Match.MORE;
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(AnswerDiscarder.INSTANCE, new FrameDecoder(out -> new JpegFrameCutter(maxFrameLength, out)));
    }
}
