package io.framegate.wire.jpeg;

import io.framegate.wire.ByteScan;

/**
 * Finds the end of a JPEG by its markers.
 *
 * <pre>
 * FF D8 | FF E1 len [ thumbnail FF D8 ... FF D9 ] | FF DB len ... | FF DA len  scan  FF D9 | other bytes
 * SOI   | a segment may contain a JPEG            | segments      | SOS        scan  EOI  | not walked
 * </pre>
 *
 * <p>Segments are skipped by their length, so the end marker of a thumbnail in EXIF does not end the picture. In a
 * scan, {@code FF 00} and {@code FF D0} to {@code FF D7} are data (ITU-T T.81, B.1.1). Fill bytes {@code FF} may stand
 * before any marker, the first one included.
 *
 * <p>Each byte is read once, and the result does not depend on the pieces in which the bytes arrive. Holds no bytes.
 * Reused for each picture. Not thread-safe.
 */
public final class JpegWalker {

    private enum State {
        /** Before the FF of the first marker. */
        BEGIN,
        /** Before the D8 of the first marker. */
        BEGIN_FF,
        /** Before the FF of a marker. */
        MARKER_FF,
        MARKER,
        LENGTH_HIGH,
        LENGTH_LOW,
        SEGMENT,
        SCAN,
        /** After an FF in a scan. */
        SCAN_FF,
        /** After the D9 of the last marker. */
        END,
        /** Before a byte that is not allowed there. */
        BROKEN
    }

    private State state = State.BEGIN;
    private boolean scanFollows;
    private int left;

    /** The index after the JPEG that begins at an index, or -1 if the bytes are not a whole JPEG. */
    public static int end(byte[] bytes, int from, int to) {
        JpegWalker walker = new JpegWalker();
        int end = walker.walk(bytes, from, to);
        return walker.isAtEnd() ? end : -1;
    }

    /** Begins the next picture, before its {@code FF D8}. */
    public void reset() {
        state = State.BEGIN;
    }

    /**
     * Walks over the next piece of the picture, up to its end.
     *
     * @return the index of the first byte that was not walked over: the one after the picture if it
     *     {@linkplain #isAtEnd() ends}, the wrong one if it is {@linkplain #isBroken() broken}
     */
    public int walk(byte[] in, int from, int to) {
        int next = from;
        while (next < to && state != State.END && state != State.BROKEN) {
            if (state == State.SCAN) {
                next = ByteScan.indexOf(in, next, to, '\u00FF', '\u00FF');
                state = next < to ? State.SCAN_FF : State.SCAN;
                next = Math.min(next + 1, to);
            } else if (state == State.SEGMENT) {
                int skipped = Math.min(left, to - next);
                next += skipped;
                left -= skipped;
                state = left > 0 ? State.SEGMENT : afterSegment();
            } else {
                state = after(in[next] & 0xFF);
                next += state == State.BROKEN ? 0 : 1;
            }
        }
        return next;
    }

    /** Whether the last byte walked over is the last one of the picture. */
    public boolean isAtEnd() {
        return state == State.END;
    }

    /**
     * Whether the walk stopped before a byte that is not allowed there. Neither this byte nor any later byte is walked
     * over.
     */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    private State afterSegment() {
        return scanFollows ? State.SCAN : State.MARKER_FF;
    }

    /** The state after a byte of a marker or of a segment's length. */
    private State after(int value) {
        return switch (state) {
            case BEGIN -> value == 0xFF ? State.BEGIN_FF : State.BROKEN;
            case BEGIN_FF -> value == 0xFF ? State.BEGIN_FF : value == 0xD8 ? State.MARKER_FF : State.BROKEN;
            case MARKER_FF -> value == 0xFF ? State.MARKER : State.BROKEN;
            case SCAN_FF -> value == 0 || isRestart(value) ? State.SCAN : afterFf(value);
            case MARKER -> value == 0 ? State.BROKEN : afterFf(value);
            case LENGTH_HIGH -> {
                left = value << 8;
                yield State.LENGTH_LOW;
            }
            default -> {
                left = (left | value) - 2;
                yield left > 0 ? State.SEGMENT : left == 0 ? afterSegment() : State.BROKEN;
            }
        };
    }

    private static boolean isRestart(int value) {
        return value >= 0xD0 && value <= 0xD7;
    }

    private State afterFf(int value) {
        if (value == 0xFF) {
            // A fill byte.
            return state;
        }
        if (value == 0xD8) {
            return State.BROKEN;
        }
        if (value == 0xD9) {
            return State.END;
        }
        scanFollows = value == 0xDA;
        return value == 0x01 || isRestart(value) ? State.MARKER_FF : State.LENGTH_HIGH;
    }
}
