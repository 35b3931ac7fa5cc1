package io.framegate.wire.length;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.Padding;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * Frames after their length. An ASCII length is recognised by its first digit. A binary length is recognised if it is
 * within the limit and the first bytes of a JPEG, or of a pickled object, follow; the latter is rejected with a reason.
 */
public final class LengthFormat implements WireFormat {

    private static final int LONGEST_BINARY = Long.BYTES + 2;

    private final LengthNotation notation;
    private final int maxFrameLength;

    private LengthFormat(LengthNotation notation, int maxFrameLength) {
        this.notation = notation;
        this.maxFrameLength = maxFrameLength;
    }

    /** A length in digits, of 64 or 16 bytes. */
    public static LengthFormat ascii(int maxFrameLength) {
        return new LengthFormat(LengthNotation.ASCII, maxFrameLength);
    }

    /** A length in digits, of 64 bytes. */
    public static LengthFormat ascii64(int maxFrameLength) {
        return new LengthFormat(LengthNotation.ASCII64, maxFrameLength);
    }

    /** A length in digits, of 16 bytes. */
    public static LengthFormat ascii16(int maxFrameLength) {
        return new LengthFormat(LengthNotation.ASCII16, maxFrameLength);
    }

    /** A length of 4 bytes, in either order. */
    public static LengthFormat int32(int maxFrameLength) {
        return new LengthFormat(LengthNotation.INT32, maxFrameLength);
    }

    /** A length of 4 bytes, the least significant first. */
    public static LengthFormat le32(int maxFrameLength) {
        return new LengthFormat(LengthNotation.LE32, maxFrameLength);
    }

    /** A length of 4 bytes, the most significant first. */
    public static LengthFormat be32(int maxFrameLength) {
        return new LengthFormat(LengthNotation.BE32, maxFrameLength);
    }

    /** A length of 8 bytes, the least significant first. */
    public static LengthFormat le64(int maxFrameLength) {
        return new LengthFormat(LengthNotation.LE64, maxFrameLength);
    }

    @Override
    public Match match(ByteBuf first) {
        byte[] bytes = new byte[Math.min(first.readableBytes(), LONGEST_BINARY)];
        first.getBytes(first.readerIndex(), bytes);
        return switch (notation) {
            case ASCII, ASCII64, ASCII16 -> digits(bytes);
            case LE64 -> binary(bytes, Long.BYTES);
            default -> binary(bytes, Integer.BYTES);
        };
    }

    /** Signs and the digits of other scripts match too, so that the cutter rejects them with a reason. */
    private static Match digits(byte[] bytes) {
        int first = at(bytes, 0);
        int second = at(bytes, 1);
        boolean digit = isDigit(first);
        boolean signed = (first == '+' || first == '-') && isDigit(second);
        // Arabic-Indic and full-width digits, which Python's str.isdigit() accepts.
        boolean foreign = (first == 0xD9 && second >= 0xA0 && second <= 0xA9) || (first == 0xEF && second == 0xBC);
        boolean undecided = second == -1 && (first == '+' || first == '-' || first == 0xD9 || first == 0xEF);
        return digit || signed || foreign ? Match.YES : undecided ? Match.MORE : Match.NO;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }

    private Match binary(byte[] bytes, int width) {
        if (bytes.length < Integer.BYTES) {
            return Match.MORE;
        }
        return binary(bytes, width, mayBePacket(bytes[0]));
    }

    /** Whether an XML packet may begin with this byte. It must not wait for a length that is not possible. */
    private static boolean mayBePacket(byte first) {
        return first == '<' || (first != 0 && Padding.isBetweenPackets(first));
    }

    private Match binary(byte[] bytes, int width, boolean mayBePacket) {
        long le = 0;
        long be = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            le |= (bytes[i] & 0xFFL) << (8 * i);
            be = be << 8 | (bytes[i] & 0xFF);
        }
        boolean possible = le <= maxFrameLength || (width == Integer.BYTES && be <= maxFrameLength);
        if (le == 0) {
            // A length of zero ends a stream without pictures. LE64 would match the same bytes.
            return width == Integer.BYTES ? Match.YES : Match.NO;
        }
        for (int i = Integer.BYTES; i < Math.min(width, bytes.length); i++) {
            possible &= bytes[i] == 0;
        }
        int picture = at(bytes, width);
        int second = at(bytes, width + 1);
        if (!possible) {
            // A picture after a length over the limit matches, so that it is rejected for its length.
            if (mayBePacket || (picture != -1 && picture != 0xFF)) {
                return Match.NO;
            }
            return second == -1 ? Match.MORE : second == 0xD8 ? Match.YES : Match.NO;
        }
        boolean jpeg = picture == 0xFF && (second == 0xD8 || second == -1);
        boolean pickle = picture == 0x80 && (second == -1 || (second >= 2 && second <= 5));
        if (second != -1) {
            return jpeg || pickle ? Match.YES : Match.NO;
        }
        return picture == -1 || jpeg || pickle ? Match.MORE : Match.NO;
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(
                AnswerDiscarder.INSTANCE,
                new FrameDecoder(out -> new LengthFrameCutter(notation, maxFrameLength, out)));
    }
}
