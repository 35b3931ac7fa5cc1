package io.framegate.wire.mjpeg;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.FramePayload;
import io.framegate.wire.Junk;
import io.framegate.wire.Padding;
import io.framegate.wire.jpeg.JpegWalker;
import java.util.function.Consumer;

/**
 * Cuts the pictures of an MJPEG stream.
 *
 * <pre>
 * HTTP/1.1 200 OK                    the head of a response, if the stream was piped with it
 * Content-Type: multipart/x-mixed-replace; boundary=frame
 *
 * --frame                            a part; any boundary will do
 * Content-Type: image/jpeg
 * Content-Length: 31724              without it, the picture must be a JPEG
 *
 * FF D8 ... FF D9
 * --frame ...
 * </pre>
 *
 * <p>A picture without a length ends where its markers end ({@link JpegWalker}). Bytes that belong to no part are
 * rejected and skipped up to the next line that begins with {@code --}. Each byte is read once. Holds at most one
 * picture. Not thread-safe.
 */
final class MjpegFrameCutter implements FrameCutter {

    /** The format's name in headers, logs and metrics. */
    static final String FORMAT = "mjpeg";

    private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};
    private static final byte[] BOUNDARY = {'\n', '-', '-'};

    private enum State {
        /** Before a head, or between a head without a length and its picture. */
        BETWEEN,
        HEAD,
        /** After an FF that may begin a picture. */
        FILL,
        /** In a picture of a known length. */
        COUNTED,
        /** In a JPEG of an unknown length. */
        WALKED,
        /** In bytes that belong to no part. */
        SKIP,
        /** Drops all further bytes. */
        DISCARDING
    }

    private final int maxLength;
    private final Consumer<Received> out;
    private final PartHead head = new PartHead();
    private final FramePayload picture = new FramePayload();
    private final JpegWalker walker = new JpegWalker();
    private final Junk junk = new Junk(FORMAT, "a boundary and headers with a Content-Length, or FF D8");

    private State state = State.BETWEEN;
    private boolean headed;
    private int left;
    private int boundary;
    private long begun;

    MjpegFrameCutter(int maxLength, Consumer<Received> out) {
        this.maxLength = maxLength;
        this.out = out;
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        return switch (state) {
            case BETWEEN -> between(in, from, to);
            case HEAD -> head(in, from, to);
            case FILL -> fill(in, from);
            case COUNTED -> counted(in, from, to);
            case WALKED -> walked(in, from, to);
            case SKIP -> skip(in, from, to);
            case DISCARDING -> to;
        };
    }

    private int between(byte[] in, int at, int to) {
        int next = at;
        while (next < to && (in[next] == 0 || Padding.isWhiteSpace(in[next]))) {
            next++;
        }
        if (next == to) {
            return to;
        }
        if (headed && in[next] == (byte) 0xFF) {
            state = State.FILL;
            begun++;
            return next + 1;
        }
        if (in[next] == '-' || Character.isLetter(in[next])) {
            head.begin();
            state = State.HEAD;
        } else {
            beginSkip();
        }
        return next;
    }

    private int head(byte[] in, int at, int to) {
        for (int next = at; next < to; next++) {
            switch (head.take(in[next])) {
                case MORE -> {}
                case COMPLETE -> {
                    headEnds();
                    return next + 1;
                }
                case WRONG -> {
                    beginSkip();
                    junk.add(head.wrongLine(), 0, head.wrongLine().length);
                    return next;
                }
            }
        }
        return to;
    }

    private void headEnds() {
        String problem = head.problem();
        if (problem != null) {
            refuse(RejectReason.MALFORMED, problem);
        } else if (head.contentLength() > maxLength) {
            refuse(RejectReason.TOO_LONG, "picture length: " + head.contentLength() + tooLong());
        } else {
            left = (int) head.contentLength();
            headed = left < 0;
            state = left > 0 ? State.COUNTED : State.BETWEEN;
        }
    }

    private String tooLong() {
        return " (expected: <= " + maxLength + ")";
    }

    private int fill(byte[] in, int at) {
        if (in[at] == (byte) 0xD8) {
            beginJpeg();
        } else if (in[at] != (byte) 0xFF) {
            beginSkip();
            junk.add(START, 0, 1);
            return at;
        }
        return at + 1;
    }

    private void beginJpeg() {
        picture.begin(false);
        picture.take(START, 0, START.length);
        walker.reset();
        walker.walk(START, 0, START.length);
        state = State.WALKED;
    }

    private int counted(byte[] in, int at, int to) {
        if (!picture.hasBegun()) {
            begun++;
            picture.begin(false);
        }
        int next = at + Math.min(left, to - at);
        picture.take(in, at, next);
        left -= next - at;
        if (left == 0) {
            pictureEnds();
        }
        return next;
    }

    private int walked(byte[] in, int at, int to) {
        int last = (int) Math.min(to, at + maxLength - picture.length() + 1);
        int next = walker.walk(in, at, last);
        picture.take(in, at, next);
        if (picture.length() > maxLength) {
            refuse(RejectReason.TOO_LONG, "picture length: > " + maxLength + tooLong());
        } else if (walker.isBroken()) {
            return cutOff(in[next]) ? next + 1 : next;
        } else if (walker.isAtEnd()) {
            pictureEnds();
        }
        return next;
    }

    /** Rejects a picture without an end; returns whether its last byte begins the next one. */
    private boolean cutOff(byte wrong) {
        boolean next = wrong == (byte) 0xD8;
        String detail = next
                ? "next picture begins (expected: FF D9)"
                : "picture marker: none at " + picture.length() + " (expected: FF and a marker)";
        out.accept(picture.reject(FORMAT, next ? RejectReason.INCOMPLETE : RejectReason.MALFORMED, detail, false));
        if (next) {
            begun++;
            beginJpeg();
        } else {
            beginSkip();
        }
        return next;
    }

    private void pictureEnds() {
        out.accept(picture.complete(FORMAT, null));
        headed = false;
        state = State.BETWEEN;
    }

    private void beginSkip() {
        begun++;
        junk.begin();
        boundary = 0;
        state = State.SKIP;
    }

    private int skip(byte[] in, int at, int to) {
        int next = at;
        while (next < to && boundary < BOUNDARY.length) {
            boundary = in[next] == BOUNDARY[boundary] ? boundary + 1 : in[next] == '\n' ? 1 : 0;
            next++;
        }
        junk.add(in, at, next).ifPresent(out);
        if (boundary == BOUNDARY.length) {
            junk.end(BOUNDARY.length).ifPresent(out);
            head.begin();
            state = State.HEAD;
            cutAll(BOUNDARY, 1, BOUNDARY.length);
        }
        return next;
    }

    private void refuse(RejectReason reason, String detail) {
        out.accept(picture.reject(FORMAT, reason, detail, true));
        state = State.DISCARDING;
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (state == State.FILL) {
            beginSkip();
            junk.add(START, 0, 1);
        }
        if (picture.hasBegun()) {
            String expected = state == State.COUNTED ? left + " more bytes" : "FF D9";
            out.accept(picture.reject(FORMAT, reason, why + " (expected: " + expected + ")", false));
        }
        junk.end(0).ifPresent(out);
        state = State.DISCARDING;
    }

    /** A head alone is not a frame: some senders write the head of the next part after each picture, and then wait. */
    @Override
    public boolean midFrame() {
        return state == State.FILL || state == State.SKIP || picture.hasBegun();
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
