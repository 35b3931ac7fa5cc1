package io.framegate.wire.jpeg;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.FramePayload;
import io.framegate.wire.Junk;
import io.framegate.wire.Padding;
import java.util.function.Consumer;

/**
 * Cuts JPEGs that follow each other back to back, by their markers.
 *
 * <pre>
 * FF D8 ... FF D9 | padding | FF D8 ... FF D9 | FF D8 ...
 * </pre>
 *
 * <p>{@link JpegWalker} finds the end of each. Bytes between two pictures are skipped and, unless they are padding,
 * rejected. Each byte is read once. Holds at most one picture. Not thread-safe.
 */
final class JpegFrameCutter implements FrameCutter {

    /** The format's name in headers, logs and metrics. */
    static final String FORMAT = "jpeg";

    /** One less than the room for junk, which is rejected once. */
    private static final int MAX_BETWEEN = 4095;

    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};

    private enum State {
        BETWEEN,
        /** After an FF that may begin a picture. */
        BETWEEN_FF,
        PICTURE,
        /** Drops all further bytes. */
        DISCARDING
    }

    private final int maxLength;
    private final Consumer<Received> out;
    private final FramePayload picture = new FramePayload();
    private final JpegWalker walker = new JpegWalker();
    private final Junk junk = new Junk(FORMAT, "FF D8 of a picture");

    private State state = State.BETWEEN;
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
        return state == State.PICTURE ? picture(in, from, to) : between(in, from, to);
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
        between++;
        if (between <= MAX_BETWEEN) {
            junk.add(in, from, to);
            return;
        }
        byte[] content = junk.end(0).map(RejectedPacket::content).orElse(new byte[0]);
        String detail = "bytes between pictures: > " + MAX_BETWEEN + " (expected: FF D8)";
        out.accept(new RejectedPacket(FORMAT, RejectReason.UNKNOWN_FORMAT, detail, content, content.length, true));
        state = State.DISCARDING;
    }

    private void begin() {
        begun++;
        between = 0;
        picture.begin(false);
        picture.take(START, 0, START.length);
        walker.reset();
        walker.walk(START, 0, START.length);
        state = State.PICTURE;
    }

    /** Reads bytes up to the end of the picture or of the piece. */
    private int picture(byte[] in, int at, int to) {
        int last = (int) Math.min(to, at + maxLength - picture.length() + 1);
        int next = walker.walk(in, at, last);
        if (walker.isBroken()) {
            return cutOff(in, at, next, to);
        }
        picture.take(in, at, next);
        if (picture.length() > maxLength) {
            String detail = "picture length: > " + maxLength + " (expected: <= " + maxLength + ")";
            out.accept(picture.reject(FORMAT, RejectReason.TOO_LONG, detail, true));
            state = State.DISCARDING;
        } else if (walker.isAtEnd()) {
            out.accept(picture.complete(FORMAT, null));
            state = State.BETWEEN;
        }
        return next;
    }

    /** Rejects a picture that is cut off by the beginning of the next one, or by a byte that is not a marker. */
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
        if (state == State.PICTURE) {
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
