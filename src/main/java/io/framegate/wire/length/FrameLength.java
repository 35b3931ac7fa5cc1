package io.framegate.wire.length;

import io.framegate.event.RejectReason;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the length before a frame byte by byte and rejects it at its first wrong byte.
 *
 * <pre>
 * ASCII  digits, then spaces up to 64 or 16 bytes; it has 16 if the next byte is no space
 * LE32   4 bytes, the least significant first          BE32   4 bytes, the most significant first
 * LE64   8 bytes, the least significant first
 * INT32  LE32 or BE32: the order that gives a length within the limit; if both do, the shorter length is tried first
 * </pre>
 *
 * <p>Digits are ASCII only: {@code -1}, {@code +5}, {@code 1e9}, {@code 1_000}, NUL and the digits of other scripts are
 * no length. Used for one frame after the other. Not thread-safe.
 */
final class FrameLength {

    private static final int WIDE = LengthNotation.ASCII64.width();
    private static final int NARROW = LengthNotation.ASCII16.width();
    private static final int YEAR = 4;

    /** The detail of a reject for a pickled payload, which would execute code when it is read. */
    static final String PICKLE =
            "pickled payload, which is never read (expected: a JPEG after the length, as cv2.imencode('.jpg', frame)[1]"
                    + " gives it, without pickle.dumps)";

    private final int max;
    private final byte[] bytes = new byte[WIDE];
    private LengthNotation notation;

    /** The bytes of the length; 0 for an ASCII length whose width is not known yet. */
    private int width;

    private int count;
    private boolean padded;
    private long value;
    private long longer;
    private boolean complete;
    private @Nullable RejectReason wrong;
    private String detail = "";

    FrameLength(LengthNotation notation, int max) {
        this.notation = notation;
        this.width = notation.width();
        this.max = max;
    }

    /**
     * Reads bytes up to the end of the length or to its first wrong byte.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int from, int to) {
        int next = from;
        while (next < to && !complete && wrong == null) {
            if (isAscii() ? !digit(in[next]) : !octet(in[next])) {
                return next;
            }
            next++;
        }
        return next;
    }

    /** Reads a byte of an ASCII length; returns false if the byte belongs to the picture. */
    private boolean digit(byte b) {
        if (width == 0 && count == NARROW && b != ' ') {
            width = NARROW;
            complete = true;
            return false;
        }
        if (b >= '0' && b <= '9' && !padded) {
            value = value * 10 + b - '0';
            if (value > max) {
                tooLong(value + "...");
            }
        } else if (b == ' ' && count > 0) {
            padded = true;
        } else if (b == (byte) 0x80 && count > 0) {
            pickle();
        } else {
            wrong = RejectReason.BAD_LENGTH;
            detail = "length header: byte 0x" + HexFormat.of().toHexDigits(b) + " at " + count
                    + " (expected: digits, then spaces up to 16 or 64 bytes)";
        }
        bytes[count++] = b;
        if (wrong == null && count == (width == 0 ? WIDE : width)) {
            width = count;
            complete = true;
        }
        return true;
    }

    private boolean octet(byte b) {
        bytes[count++] = b;
        if (count == width) {
            complete = true;
            evaluate();
        }
        return true;
    }

    private void evaluate() {
        long le = littleEndian();
        long be = Integer.toUnsignedLong(Integer.reverseBytes((int) le));
        switch (notation) {
            case LE32, LE64 -> value = le;
            case BE32 -> value = be;
            default -> {
                value = isPossible(le) && isPossible(be) ? Math.min(le, be) : isPossible(be) ? be : le;
                longer = isPossible(le) && isPossible(be) && le != be ? Math.max(le, be) : 0;
                if (longer == 0 && le != be) {
                    notation = value == le ? LengthNotation.LE32 : LengthNotation.BE32;
                }
            }
        }
        if (value < 0 || value > max) {
            tooLong(Long.toUnsignedString(value));
        }
    }

    private long littleEndian() {
        long le = 0;
        for (int i = count - 1; i >= 0; i--) {
            le = le << 8 | (bytes[i] & 0xFF);
        }
        return le;
    }

    private boolean isPossible(long length) {
        return length >= 0 && length <= max;
    }

    private void tooLong(String length) {
        wrong = RejectReason.TOO_LONG;
        detail = "frame length: " + length + " (expected: <= " + max + ")";
        complete = false;
    }

    private void pickle() {
        wrong = RejectReason.UNKNOWN_FORMAT;
        detail = PICKLE;
    }

    /**
     * Takes the longer of two possible lengths, because the frame does not end after the shorter; returns the
     * difference.
     */
    long takeLonger() {
        long more = longer - value;
        value = longer;
        longer = 0;
        fixOrder();
        return more;
    }

    /** Whether the other byte order gives a possible length too, which is then longer. */
    boolean hasLonger() {
        return longer > 0;
    }

    /** Fixes the byte order of this length for all further frames. */
    void fixOrder() {
        longer = 0;
        if (notation == LengthNotation.INT32) {
            notation = value == littleEndian() ? LengthNotation.LE32 : LengthNotation.BE32;
        }
    }

    /** Whether the bytes are no length but the time of the frame before: four digits and a minus. */
    boolean isTime() {
        return isWide() && count == YEAR + 1 && bytes[YEAR] == '-' && !padded;
    }

    boolean isComplete() {
        return complete;
    }

    /** Why the bytes are no length, or null. */
    @Nullable
    RejectReason wrong() {
        return wrong;
    }

    /** What is wrong, and what was expected. */
    String detail() {
        return detail;
    }

    int value() {
        return (int) value;
    }

    byte[] bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    boolean isAscii() {
        return notation.isAscii();
    }

    /** Whether a time may follow the picture. */
    boolean isWide() {
        return isAscii() && width == WIDE;
    }

    /** The format's name as far as it is known yet. */
    String format() {
        return switch (notation) {
            case ASCII, ASCII64, ASCII16 -> width == NARROW ? "length16" : "length64";
            case INT32, LE32 -> "le32";
            case BE32 -> "be32";
            case LE64 -> "le64";
        };
    }

    /** Begins the length of the next frame. Keeps the byte order and the width that are known. */
    void reset() {
        count = 0;
        padded = false;
        value = 0;
        longer = 0;
        complete = false;
        wrong = null;
    }
}
