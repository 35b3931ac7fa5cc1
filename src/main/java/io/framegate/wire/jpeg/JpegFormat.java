package io.framegate.wire.jpeg;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.Padding;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * JPEGs back to back. Recognised by {@code FF D8 FF}, also after the fill bytes {@code FF}, zeros or white space that
 * some boards read from the sensor before the picture.
 */
public final class JpegFormat implements WireFormat {

    private static final int MAX_BEFORE = 256;

    private final int maxFrameLength;

    public JpegFormat(int maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    @Override
    public Match match(ByteBuf first) {
        int end = Math.min(first.readableBytes(), MAX_BEFORE);
        int fill = 0;
        for (int i = 0; i < end; i++) {
            byte b = first.getByte(first.readerIndex() + i);
            if (b == (byte) 0xFF) {
                fill++;
            } else if (fill > 0) {
                return b == (byte) 0xD8 ? marker(first, i + 1) : Match.NO;
            } else if (b != 0 && !Padding.isWhiteSpace(b)) {
                return Match.NO;
            }
        }
        return first.readableBytes() < MAX_BEFORE ? Match.MORE : Match.NO;
    }

    private static Match marker(ByteBuf first, int index) {
        if (index == first.readableBytes()) {
            return Match.MORE;
        }
        return first.getByte(first.readerIndex() + index) == (byte) 0xFF ? Match.YES : Match.NO;
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(AnswerDiscarder.INSTANCE, new FrameDecoder(out -> new JpegFrameCutter(maxFrameLength, out)));
    }
}
