package io.framegate.wire.mjpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.Padding;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * Pictures as parts of an MJPEG stream, without a request before them. Recognised by {@code --} of a boundary, the
 * status line of an HTTP response, or {@code Content-} of a header, also after white space or zeros.
 */
public final class MjpegFormat implements WireFormat {

    private static final List<byte[]> BEGINNINGS = List.of(
            "--".getBytes(US_ASCII),
            "http/1.".getBytes(US_ASCII),
            "content-type:".getBytes(US_ASCII),
            "content-length:".getBytes(US_ASCII));

    private static final int MAX_BEFORE = 256;

    private final int maxFrameLength;

    public MjpegFormat(int maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    @Override
    public Match match(ByteBuf first) {
        int from = 0;
        while (from < first.readableBytes() && isBlank(first.getByte(first.readerIndex() + from))) {
            from++;
        }
        if (from == first.readableBytes()) {
            return from < MAX_BEFORE ? Match.MORE : Match.NO;
        }
        Match match = Match.NO;
        for (byte[] beginning : BEGINNINGS) {
            int length = Math.min(beginning.length, first.readableBytes() - from);
            int same = 0;
            while (same < length
                    && Character.toLowerCase(first.getByte(first.readerIndex() + from + same)) == beginning[same]) {
                same++;
            }
            if (same == beginning.length) {
                return Match.YES;
            }
            match = same == length ? Match.MORE : match;
        }
        return match;
    }

    private static boolean isBlank(byte b) {
        return b == 0 || Padding.isWhiteSpace(b);
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(AnswerDiscarder.INSTANCE, new FrameDecoder(out -> new MjpegFrameCutter(maxFrameLength, out)));
    }
}
