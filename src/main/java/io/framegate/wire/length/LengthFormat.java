package io.framegate.wire.length;

import io.framegate.wire.AnswerDiscarder;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.Padding;
import io.framegate.wire.PictureStart;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * Frames that begin with their length. An ASCII length is recognised by its first digit. A binary length is recognised
 * if it is within the limit and the first bytes of a picture, raw or in base64, or of a pickled object follow; the
 * latter is rejected with a reason.
 */
public final class LengthFormat implements WireFormat {

    private static final int LONGEST_BINARY = Long.BYTES + PictureCoding.ENOUGH;

    private final LengthNotation notation;
    private final int maxFrameLength;
    private final boolean orDigits;

    private LengthFormat(LengthNotation notation, int maxFrameLength) {
        this(notation, maxFrameLength, false);
    }

    private LengthFormat(LengthNotation notation, int maxFrameLength, boolean orDigits) {
        this.notation = notation;
        this.maxFrameLength = maxFrameLength;
        this.orDigits = orDigits;
    }

    /** The same format, but an ASCII length may follow its frames on the same connection. */
    public LengthFormat orDigits() {
        return new LengthFormat(notation, maxFrameLength, true);
    }

    /** A length in digits, of 64 or 16 bytes or with a line end. */
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

    /** A length of 8 bytes, the most significant first. */
    public static LengthFormat be64(int maxFrameLength) {
        return new LengthFormat(LengthNotation.BE64, maxFrameLength);
    }

    /** A length in digits, and a line end. */
    public static LengthFormat line(int maxFrameLength) {
        return new LengthFormat(LengthNotation.LINE, maxFrameLength);
    }

    @Override
    public Match match(ByteBuf first) {
        byte[] bytes = new byte[Math.min(first.readableBytes(), LONGEST_BINARY)];
        first.getBytes(first.readerIndex(), bytes);
        return notation.isAscii() ? digits(bytes) : binary(bytes);
    }

    /** Signs and the digits of other scripts match too, so the cutter rejects them with a reason. */
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

    private Match binary(byte[] bytes) {
        int width = notation.width();
        if (bytes.length < Integer.BYTES) {
            return Match.MORE;
        }
        if (isLine(bytes)) {
            return Match.NO;
        }
        if (isZero(bytes, width)) {
            // A length of zero before the first picture is padding.
            return bytes.length < width ? Match.MORE : Match.NO;
        }
        if (!isPossible(bytes)) {
            return overLimit(bytes, width);
        }
        boolean mayBePickle = bytes.length <= width || bytes[width] == (byte) 0x80;
        int protocol = at(bytes, width + 1);
        if (mayBePickle) {
            return protocol == -1 ? Match.MORE : protocol >= 2 && protocol <= 5 ? Match.YES : Match.NO;
        }
        return switch (PictureCoding.of(bytes, width, bytes.length)) {
            case RAW, BASE64 -> Match.YES;
            case MORE -> Match.MORE;
            case NEITHER -> Match.NO;
        };
    }

    /**
     * Whether the first four bytes are text of a length in digits: "523" and a line feed are not a length of 171 MB.
     */
    private static boolean isLine(byte[] bytes) {
        for (int i = 0; i < Integer.BYTES; i++) {
            if (!isDigit(bytes[i]) && (i == 0 || !Padding.isWhiteSpace(bytes[i]))) {
                return false;
            }
        }
        return true;
    }

    /** A picture after a length over the limit matches, so it is rejected for its length. */
    private Match overLimit(byte[] bytes, int width) {
        if (mayBeOther(bytes) || (width == Long.BYTES && !mayBeLong(bytes))) {
            return Match.NO;
        }
        return bytes.length <= width ? Match.MORE : PictureStart.match(bytes, width, bytes.length, false);
    }

    /**
     * Whether the bytes may be a length of eight bytes, so that other bytes do not wait for all eight: most of the more
     * significant bytes are zero, even far over the limit.
     */
    private boolean mayBeLong(byte[] bytes) {
        boolean zero = isZero(bytes, Integer.BYTES);
        if (notation == LengthNotation.BE64) {
            return zero;
        }
        return !zero && (bytes.length < 6 || bytes[5] == 0) && (bytes.length < 7 || bytes[6] == 0);
    }

    private static boolean isZero(byte[] bytes, int width) {
        for (int i = 0; i < Math.min(width, bytes.length); i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes so far begin a length within the limit. */
    private boolean isPossible(byte[] bytes) {
        int to = Math.min(bytes.length, notation.width());
        if (notation == LengthNotation.INT32 && isWithinLimit(LengthNotation.BE32.value(bytes, 0, to))) {
            return true;
        }
        return isWithinLimit(notation.value(bytes, 0, to));
    }

    private boolean isWithinLimit(long length) {
        return length > 0 && length <= maxFrameLength;
    }

    /**
     * Whether an XML packet or a JPEG may begin with these bytes. Such bytes do not wait for a length over the limit.
     */
    private static boolean mayBeOther(byte[] bytes) {
        boolean jpeg = bytes[0] == (byte) 0xFF && (bytes[1] == (byte) 0xFF || bytes[1] == (byte) 0xD8);
        int first = 0;
        while (first < bytes.length - 1 && Padding.isBetweenPackets(bytes[first])) {
            first++;
        }
        return jpeg || bytes[first] == '<' || (first > 0 && bytes[0] != 0);
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return List.of(
                AnswerDiscarder.INSTANCE,
                new FrameDecoder(out -> new LengthFrameCutter(notation, maxFrameLength, orDigits, out)));
    }
}
