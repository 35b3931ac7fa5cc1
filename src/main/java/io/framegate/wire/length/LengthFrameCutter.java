package io.framegate.wire.length;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.FrameCutter;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames that begin with their length.
 *
 * <pre>
 * +----------------------+-----------------------------+------------------------------------------+
 * | length               | picture                     | time, if the sender writes one           |
 * | 64 or 16 ASCII bytes | that many bytes: base64, or | 64 ASCII bytes                           |
 * | or an ASCII line     | the picture itself          | "2026-03-29 07:58:21.123456" and spaces  |
 * | or 4 or 8 octets     |                             |                                          |
 * +----------------------+-----------------------------+------------------------------------------+
 * </pre>
 *
 * <p>The bytes after a picture with a 64-byte length show whether they are a time: four digits and a minus are not a
 * length. A sender without times may wait before its next picture, so a frame is whole when the connection is idle
 * after its picture. A binary length of zero ends the stream.
 *
 * <p>The next frame cannot be found after a wrong length, so the connection is closed. Holds at most one frame, and
 * only the bytes of it that have arrived. Not thread-safe.
 */
final class LengthFrameCutter implements FrameCutter {

    private enum State {
        LENGTH,
        PICTURE,
        /** After the shorter of two possible lengths. */
        SHORTER,
        /** After a picture: in a time, or in the next length. */
        TIME,
        /** A length of zero has ended the stream. */
        ENDED,
        /** Drops all further bytes. */
        DISCARDING
    }

    private final Consumer<Received> out;
    private final FrameLength length;
    private final ByteOrderGuess order;
    private final FramePicture picture;
    private final SendTime time = new SendTime();

    private State state = State.LENGTH;
    private boolean timeless;
    private boolean late;
    private long begun;

    /**
     * Creates a cutter.
     *
     * @param orDigits whether an ASCII length may follow frames with a binary one
     */
    LengthFrameCutter(LengthNotation notation, int maxFrameLength, boolean orDigits, Consumer<Received> out) {
        this.out = out;
        this.length = new FrameLength(notation, maxFrameLength, orDigits);
        this.order = new ByteOrderGuess(maxFrameLength);
        this.picture = new FramePicture(order);
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        return switch (state) {
            case LENGTH -> length(in, from, to);
            case PICTURE -> picture(in, from, to);
            case SHORTER -> afterShorter(in, from, to);
            case TIME -> time(in, from, to);
            case ENDED -> afterEnd(to);
            case DISCARDING -> to;
        };
    }

    private int length(byte[] in, int at, int to) {
        if (length.count() == 0) {
            begun++;
        }
        int next = length.take(in, at, to);
        if (length.wrong() != null) {
            if (length.isTime()) {
                lateTime();
            } else {
                reject(length.wrong(), length.detail(), true);
            }
        } else if (length.isComplete()) {
            picture.begin(length);
            state = picture.isWhole() ? empty() : State.PICTURE;
        }
        return next;
    }

    /** Reads the time of a frame that has already ended without it, because the time came late. */
    private void lateTime() {
        time.take(length.bytes(), 0, length.count());
        length.reset();
        timeless = false;
        late = true;
        state = State.TIME;
    }

    private State empty() {
        if (!length.isAscii()) {
            picture.reset();
            return State.ENDED;
        }
        String detail = "frame length: 0 (expected: >= 1)";
        out.accept(picture.reject(length.format(), RejectReason.NOT_A_PICTURE, detail, false));
        length.reset();
        return State.LENGTH;
    }

    private int afterEnd(int to) {
        reject(RejectReason.BAD_LENGTH, "bytes after a length of 0 (expected: none, it ends the stream)", true);
        return to;
    }

    private int picture(byte[] in, int at, int to) {
        if (picture.isAtBeginning() && in[at] == (byte) 0x80) {
            reject(RejectReason.UNKNOWN_FORMAT, FrameLength.PICKLE, true);
            return to;
        }
        int next = picture.take(in, at, to);
        if (picture.isWhole()) {
            pictureEnds();
        }
        return next;
    }

    private void pictureEnds() {
        if (length.hasLonger()) {
            state = State.SHORTER;
            decideOrder();
        } else if (length.isWide() && !timeless) {
            state = State.TIME;
        } else {
            frameEnds(null);
        }
    }

    private int afterShorter(byte[] in, int at, int to) {
        int next = order.keep(in, at, to, picture.endsAsJpeg());
        decideOrder();
        return next;
    }

    private void decideOrder() {
        switch (order.decide(picture.endsAsJpeg())) {
            case MORE -> {}
            case SHORTER -> endShorter();
            case LONGER -> {
                picture.continueFor(length.takeLonger());
                state = State.PICTURE;
                cutAfterShorter();
            }
        }
    }

    private void endShorter() {
        length.fixOrder();
        frameEnds(null);
        cutAfterShorter();
    }

    private void cutAfterShorter() {
        byte[] after = order.after();
        cutAll(after, 0, after.length);
    }

    private int time(byte[] in, int at, int to) {
        int next = time.take(in, at, to);
        if (time.isComplete()) {
            picture.received(time.bytes(), time.count());
            frameEnds(time.read());
        } else if (time.isNone()) {
            // These bytes begin the next length.
            byte[] beginning = time.taken();
            timeless = true;
            frameEnds(null);
            cutAll(beginning, 0, beginning.length);
        }
        return next;
    }

    private void frameEnds(@Nullable Instant sentAt) {
        if (late) {
            picture.reset();
        } else {
            out.accept(picture.complete(length.format(), sentAt));
        }
        late = false;
        length.reset();
        time.reset();
        state = State.LENGTH;
    }

    @Override
    public boolean isWholeIfIdle() {
        return state == State.SHORTER ? order.isWholeIfIdle() : state == State.TIME && time.count() == 0 && !late;
    }

    @Override
    public void idle() {
        if (state == State.SHORTER) {
            endShorter();
        } else {
            frameEnds(null);
        }
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (state == State.SHORTER && !order.isInside()) {
            endShorter();
        }
        if (state == State.TIME) {
            // The picture is whole; only its time is incomplete.
            frameEnds(null);
        } else if (midFrame()) {
            reject(reason, why + " (expected: " + expected() + ")", false);
        }
    }

    private String expected() {
        return switch (state) {
            case LENGTH -> "a length";
            case SHORTER -> "the rest of a JPEG";
            default -> picture.missing() + " more bytes";
        };
    }

    private void reject(RejectReason reason, String detail, boolean closing) {
        if (state == State.LENGTH) {
            picture.keep(length.bytes(), length.count());
        } else if (state == State.SHORTER) {
            picture.keep(order.after(), order.after().length);
        }
        out.accept(picture.reject(length.format(), reason, detail, closing));
        state = State.DISCARDING;
    }

    @Override
    public boolean midFrame() {
        return state == State.PICTURE
                || state == State.SHORTER
                || state == State.TIME
                || (state == State.LENGTH && length.count() > 0);
    }

    @Override
    public long begun() {
        return begun;
    }

    @Override
    public int heldBytes() {
        return picture.heldBytes();
    }
}
