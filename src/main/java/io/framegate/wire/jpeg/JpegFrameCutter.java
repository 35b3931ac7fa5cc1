package io.framegate.wire.jpeg;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.ByteScan;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.FramePayload;
import io.framegate.wire.Junk;
import io.framegate.wire.Padding;
import java.util.function.Consumer;

/**
 * Cuts JPEGs that follow each other back to back, by their markers.
 *
 * <pre>
 * FF D8 | FF E1 len [ thumbnail FF D8 ... FF D9 ] | FF DB len ... | FF DA len  scan  FF D9 | FF D8 ...
 * SOI   | a segment may contain a JPEG            | segments      | SOS        scan  EOI  | the next
 * </pre>
 *
 * <p>Segments are skipped by their length, so the end marker of a thumbnail in EXIF does not end the picture. In a
 * scan, {@code FF 00} and {@code FF D0} to {@code FF D7} are data (ITU-T T.81, B.1.1). Bytes between two pictures are
 * skipped and, unless they are padding, rejected. Each byte is read once. Holds at most one picture. Not thread-safe.
 */
final class JpegFrameCutter implements FrameCutter {

    /** The format's name in headers, logs and metrics. */
    static final String FORMAT = "jpeg";

    private static final int MAX_BETWEEN = 4096;
    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};

    private enum State {
        BETWEEN,
        /** After an FF that may begin a picture. */
        BETWEEN_FF,
        /** Before the FF of a marker. */
        MARKER_FF,
        MARKER,
        LENGTH_HIGH,
        LENGTH_LOW,
        SEGMENT,
        SCAN,
        /** After an FF in a scan. */
        SCAN_FF,
        /** Drops all further bytes. */
        DISCARDING
    }

    private final int maxLength;
    private final Consumer<Received> out;
    private final FramePayload picture = new FramePayload();
    private final Junk junk = new Junk(FORMAT, "FF D8 of a picture");

    private State state = State.BETWEEN;
    private boolean scanFollows;
    private int left;
    private int between;
    private long begun;

    JpegFrameCutter(int maxLength, Consumer<Received> out) {
        this.maxLength = maxLength;
        this.out = out;
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        if (state == State.DISCARDING) {
            return to;
        }
        return isBetween() ? between(in, from, to) : picture(in, from, to);
    }

    private boolean isBetween() {
        return state == State.BETWEEN || state == State.BETWEEN_FF;
    }

    private int between(byte[] in, int at, int to) {
        for (int next = at; next < to; next++) {
            byte b = in[next];
            if (state == State.BETWEEN_FF && b == (byte) 0xD8) {
                junk.end(0).ifPresent(out);
                begin();
                return next + 1;
            }
            if (state == State.BETWEEN_FF && b != (byte) 0xFF) {
                state = State.BETWEEN;
                noPicture(START, 0, 1);
            }
            if (b == (byte) 0xFF) {
                state = State.BETWEEN_FF;
            } else {
                noPicture(in, next, next + 1);
            }
            if (state == State.DISCARDING) {
                return to;
            }
        }
        return to;
    }

    /** Padding is not reported. */
    private void noPicture(byte[] in, int from, int to) {
        boolean padding = in[from] == 0 || Padding.isWhiteSpace(in[from]);
        if (!padding && junk.length() == 0) {
            begun++;
            junk.begin();
        }
        junk.add(in, from, to);
        between++;
        if (between > MAX_BETWEEN) {
            String detail = "bytes between pictures: > " + MAX_BETWEEN + " (expected: FF D8)";
            out.accept(picture.reject(FORMAT, RejectReason.UNKNOWN_FORMAT, detail, true));
            state = State.DISCARDING;
        }
    }

    private void begin() {
        begun++;
        between = 0;
        picture.begin(false);
        picture.take(START, 0, START.length);
        state = State.MARKER_FF;
    }

    /** Reads bytes up to the end of the picture or of the piece. */
    private int picture(byte[] in, int at, int to) {
        int last = (int) Math.min(to, at + maxLength - picture.length() + 1);
        int next = at;
        while (next < last && !isBetween()) {
            if (state == State.SCAN) {
                next = ByteScan.indexOf(in, next, last, '\u00FF', '\u00FF');
                state = next < last ? State.SCAN_FF : State.SCAN;
                next = Math.min(next + 1, last);
            } else if (state == State.SEGMENT) {
                int skipped = Math.min(left, last - next);
                next += skipped;
                left -= skipped;
                state = left > 0 ? State.SEGMENT : afterSegment();
            } else if (!marker(in[next])) {
                return cutOff(in, at, next, to);
            } else {
                next++;
            }
        }
        picture.take(in, at, next);
        if (picture.length() > maxLength) {
            String detail = "picture length: > " + maxLength + " (expected: <= " + maxLength + ")";
            out.accept(picture.reject(FORMAT, RejectReason.TOO_LONG, detail, true));
            state = State.DISCARDING;
        } else if (isBetween()) {
            out.accept(picture.complete(FORMAT, null));
        }
        return next;
    }

    private State afterSegment() {
        return scanFollows ? State.SCAN : State.MARKER_FF;
    }

    /** Reads a byte of a marker or of a segment's length; returns false if the byte is not allowed there. */
    private boolean marker(byte b) {
        int value = b & 0xFF;
        switch (state) {
            case MARKER_FF -> {
                state = State.MARKER;
                return value == 0xFF;
            }
            case SCAN_FF -> {
                if (value == 0 || isRestart(value)) {
                    state = State.SCAN;
                    return true;
                }
                return afterFf(value);
            }
            case MARKER -> {
                return value != 0 && afterFf(value);
            }
            case LENGTH_HIGH -> {
                left = value << 8;
                state = State.LENGTH_LOW;
            }
            default -> {
                left = (left | value) - 2;
                state = left > 0 ? State.SEGMENT : afterSegment();
                return left >= 0;
            }
        }
        return true;
    }

    private static boolean isRestart(int value) {
        return value >= 0xD0 && value <= 0xD7;
    }

    private boolean afterFf(int value) {
        if (value == 0xFF) {
            // Fill bytes may stand before any marker.
            return true;
        }
        if (value == 0xD9) {
            state = State.BETWEEN;
            return true;
        }
        scanFollows = value == 0xDA;
        state = value == 0x01 || isRestart(value) ? State.MARKER_FF : State.LENGTH_HIGH;
        return value != 0xD8;
    }

    /** Rejects a picture that is cut off by the beginning of the next one, or by a byte that is no marker. */
    private int cutOff(byte[] in, int at, int wrong, int to) {
        boolean next = in[wrong] == (byte) 0xD8;
        picture.take(in, at, wrong);
        RejectReason reason = next ? RejectReason.INCOMPLETE : RejectReason.MALFORMED;
        String detail = next
                ? "next picture begins (expected: FF D9)"
                : "picture marker: none at " + picture.length() + " (expected: FF and a marker)";
        out.accept(picture.reject(FORMAT, reason, detail, false));
        if (next) {
            begin();
            return wrong + 1;
        }
        state = State.BETWEEN;
        return Math.min(wrong + 1, to);
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (!isBetween() && state != State.DISCARDING) {
            out.accept(picture.reject(FORMAT, reason, why + " (expected: FF D9)", false));
        } else if (state == State.BETWEEN_FF) {
            noPicture(START, 0, 1);
        }
        junk.end(0).ifPresent(out);
        state = State.DISCARDING;
    }

    @Override
    public boolean midFrame() {
        return state != State.DISCARDING && (state != State.BETWEEN || junk.length() > 0);
    }

    @Override
    public long begun() {
        return begun;
    }

    @Override
    public int heldBytes() {
        return picture.heldBytes() + junk.heldBytes();
    }
}
