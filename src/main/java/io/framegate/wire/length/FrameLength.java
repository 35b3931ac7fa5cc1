package io.framegate.wire.length;

import io.framegate.event.RejectReason;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the length before a frame byte by byte and rejects it at its first wrong byte.
 *
 * <pre>
 * ASCII  digits, then spaces up to 64 or 16 bytes; it has 16 if the next byte is neither a space nor a digit
 * LINE   digits, then LF or CR LF; the first length in ASCII may also be a line
 * LE32   4 bytes, the least significant first          BE32   4 bytes, the most significant first
 * LE64   8 bytes, the least significant first          BE64   8 bytes, the most significant first
 * INT32  LE32 or BE32: the order that gives a length within the limit; if both do, {@link ByteOrderGuess} decides
 * </pre>
 *
 * <p>Digits are ASCII only: {@code -1}, {@code +5}, {@code 1e9}, {@code 1_000}, NUL and the digits of other scripts are
 * not lengths. Reused for each frame. Not thread-safe.
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
    private final boolean orDigits;
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

    /**
     * Creates a reader.
     *
     * @param orDigits whether a binary length over the limit may be the beginning of an ASCII length
     */
    FrameLength(LengthNotation notation, int max, boolean orDigits) {
        this.notation = notation;
        this.width = notation.width();
        this.max = max;
        this.orDigits = orDigits;
    }

    /**
     * Reads bytes up to the end of the length or to its first wrong byte.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int from, int to) {
        int next = from;
        while (next < to && !complete && wrong == null) {
            if (isAscii() ? !character(in[next]) : !octet(in[next])) {
                return next;
            }
            next++;
        }
        return next;
    }

    /** Reads a byte of an ASCII length; returns false if the byte belongs to the picture. */
    private boolean character(byte b) {
        boolean digit = b >= '0' && b <= '9' && !padded;
        boolean lineEnd = width == 0 && (b == '\n' || b == '\r');
        if (count == 0 && lineEnd && notation == LengthNotation.LINE) {
            // Some senders write a line end after the picture, too.
            return true;
        }
        if (count == NARROW && notation == LengthNotation.ASCII && width == 0 && !digit && !lineEnd && b != ' ') {
            width = NARROW;
            complete = true;
            return false;
        }
        if (count > 0 && (lineEnd || bytes[count - 1] == '\r')) {
            endLine(b);
        } else if (digit) {
            value = value * 10 + b - '0';
            if (value > max) {
                tooLong(value + "...");
            }
        } else if (b == ' ' && count > 0) {
            padded = true;
        } else {
            wrong(b);
        }
        bytes[count++] = b;
        if (wrong == null && !complete && count == (width == 0 ? WIDE : width)) {
            endWidth(b);
        }
        return true;
    }

    private void endLine(byte b) {
        if (b == '\n') {
            notation = LengthNotation.LINE;
            complete = true;
        } else if (b != '\r' || bytes[count - 1] == '\r') {
            wrong(b);
        }
    }

    private void endWidth(byte b) {
        if (notation == LengthNotation.LINE || b == '\r') {
            wrong(b);
        } else {
            width = count;
            complete = true;
        }
    }

    private void wrong(byte b) {
        if (b == (byte) 0x80 && count > 0) {
            wrong = RejectReason.UNKNOWN_FORMAT;
            detail = PICKLE;
            return;
        }
        wrong = RejectReason.BAD_LENGTH;
        detail = "length header: byte 0x" + HexFormat.of().toHexDigits(b) + " at " + count
                + " (expected: digits, then a line feed, or spaces up to 16 or 64 bytes)";
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
        value = notation.value(bytes, 0, count);
        if (notation == LengthNotation.INT32) {
            long be = LengthNotation.BE32.value(bytes, 0, count);
            if (isPossible(value) && isPossible(be)) {
                longer = value == be ? 0 : Math.max(value, be);
                value = Math.min(value, be);
            } else {
                value = isPossible(be) ? be : value;
                fixOrder();
            }
        }
        if (orDigits && !isPossible(value) && isDigits()) {
            beginAgainInAscii();
        } else if (!isPossible(value)) {
            tooLong(Long.toUnsignedString(value));
        }
    }

    private boolean isDigits() {
        for (int i = 0; i < count; i++) {
            if ((bytes[i] < '0' || bytes[i] > '9') && (i == 0 || bytes[i] != ' ')) {
                return false;
            }
        }
        return true;
    }

    private void beginAgainInAscii() {
        byte[] beginning = Arrays.copyOf(bytes, count);
        notation = LengthNotation.ASCII;
        width = 0;
        reset();
        take(beginning, 0, beginning.length);
    }

    private boolean isPossible(long length) {
        return length >= 0 && length <= max;
    }

    private void tooLong(String length) {
        wrong = RejectReason.TOO_LONG;
        detail = "frame length: " + length + " (expected: <= " + max + ")";
        complete = false;
    }

    /** Whether the other byte order gives a possible length too, which is then longer than {@link #value()}. */
    boolean hasLonger() {
        return longer > 0;
    }

    /** The notation in which the length is {@link #value()}. */
    LengthNotation order() {
        if (notation != LengthNotation.INT32) {
            return notation;
        }
        return value == LengthNotation.LE32.value(bytes, 0, count) ? LengthNotation.LE32 : LengthNotation.BE32;
    }

    /** Chooses the longer of two possible lengths, also for all further frames; returns the difference. */
    int takeLonger() {
        long more = longer - value;
        value = longer;
        fixOrder();
        return (int) more;
    }

    /** Fixes the byte order of this length for all further frames. */
    void fixOrder() {
        longer = 0;
        notation = order();
    }

    /** Whether the bytes are not a length but the time of the previous frame: four digits and a minus. */
    boolean isTime() {
        return isWide() && count == YEAR + 1 && bytes[YEAR] == '-' && !padded;
    }

    boolean isComplete() {
        return complete;
    }

    /** The reason why the bytes are not a length, or null. */
    @Nullable
    RejectReason wrong() {
        return wrong;
    }

    /** The fault of the length and the expected value. */
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
        return width == NARROW ? LengthNotation.ASCII16.format() : notation.format();
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
