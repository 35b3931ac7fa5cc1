package io.framegate.wire.length;

import io.framegate.event.RejectReason;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the length before a frame, byte by byte, and refuses it at its first wrong byte.
 *
 * <pre>
 * ASCII  digits, then spaces up to 64 or 16 bytes; the first byte that is neither says which
 * LE32   4 bytes, the least significant first          BE32   4 bytes, the most significant first
 * LE64   8 bytes, the least significant first
 * INT32  LE32 or BE32: the order that makes a length within the limit; if both do, the shorter one first
 * </pre>
 *
 * <p>Digits are ASCII only: {@code -1}, {@code +5}, {@code 1e9}, {@code 1_000}, NUL and other scripts' digits are no length.
 * Used for one frame after the other. Not thread-safe.
 */
final class FrameLength {

    private static final int WIDE = 64;
    private static final int NARROW = 16;
    private static final int YEAR = 4;

    /** How a length is written. */
    enum Kind {
        ASCII(0),
        ASCII64(WIDE),
        ASCII16(NARROW),
        INT32(Integer.BYTES),
        LE32(Integer.BYTES),
        BE32(Integer.BYTES),
        LE64(Long.BYTES);

        private final int width;

        Kind(int width) {
            this.width = width;
        }

        private boolean isAscii() {
            return this == ASCII || this == ASCII64 || this == ASCII16;
        }
    }

    /** What to do about a pickled payload, which is a program for the receiver to run. */
    static final String PICKLE =
            "pickled payload, which is never read (expected: a JPEG behind the length, as cv2.imencode('.jpg', frame)[1]"
                    + " gives it, without pickle.dumps)";

    private final int max;
    private final byte[] bytes = new byte[WIDE];
    private Kind kind;

    /** Of an ASCII length 0 as long as it is not known. */
    private int width;

    private int count;
    private boolean padded;
    private long value;
    private long other;
    private boolean complete;
    private @Nullable RejectReason wrong;
    private String detail = "";

    /** Lengths up to this one. */
    FrameLength(Kind kind, int max) {
        this.kind = kind;
        this.width = kind.width;
        this.max = max;
    }

    /** Takes bytes up to the end of the length, or up to its first wrong byte; returns the first byte not taken. */
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

    /** Whether the byte belongs to the length. */
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
        switch (kind) {
            case LE32, LE64 -> value = le;
            case BE32 -> value = be;
            default -> {
                value = isPossible(le) && isPossible(be) ? Math.min(le, be) : isPossible(be) ? be : le;
                other = isPossible(le) && isPossible(be) && le != be ? Math.max(le, be) : 0;
                if (other == 0 && le != be) {
                    kind = value == le ? Kind.LE32 : Kind.BE32;
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

    /** The frame turned out not to end after the shorter of two possible lengths; how many bytes are still to come. */
    long takeOther() {
        long more = other - value;
        value = other;
        other = 0;
        fixOrder();
        return more;
    }

    /** Whether the bytes can also be read as another, longer length. */
    boolean hasOther() {
        return other > 0;
    }

    /** The order that was taken was the right one, from now on. */
    void fixOrder() {
        other = 0;
        if (kind == Kind.INT32) {
            kind = value == littleEndian() ? Kind.LE32 : Kind.BE32;
        }
    }

    /** Whether this is no length but the time of the frame before, as four digits and a minus are. */
    boolean isTime() {
        return isWide() && count == YEAR + 1 && bytes[YEAR] == '-' && !padded;
    }

    boolean isComplete() {
        return complete;
    }

    /** Why this is no length, or null as long as it may be one. */
    @Nullable
    RejectReason wrong() {
        return wrong;
    }

    /** What is wrong and what was expected. */
    String detail() {
        return detail;
    }

    int value() {
        return (int) value;
    }

    /** The bytes taken so far. */
    byte[] bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    boolean isAscii() {
        return kind.isAscii();
    }

    /** Whether a time may follow the picture. */
    boolean isWide() {
        return isAscii() && width == WIDE;
    }

    /** The format's name as far as it is known. */
    String format() {
        return switch (kind) {
            case ASCII, ASCII64, ASCII16 -> width == NARROW ? "length16" : "length64";
            case INT32, LE32 -> "le32";
            case BE32 -> "be32";
            case LE64 -> "le64";
        };
    }

    /** Begins the next frame's length; what is known of the format stays known. */
    void reset() {
        count = 0;
        padded = false;
        value = 0;
        other = 0;
        complete = false;
        wrong = null;
    }
}
