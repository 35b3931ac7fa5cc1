package io.framegate.wire.length;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.FramePayload;
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
 * | or 4 or 8 octets     | the picture itself          | "2026-03-29 07:58:21.123456" and spaces  |
 * +----------------------+-----------------------------+------------------------------------------+
 * </pre>
 *
 * <p>The first byte of the picture tells if it is base64: the first byte of a JPEG or a PNG is over 127. The bytes
 * after a picture with a 64-byte length tell if they are a time: four digits and a minus are no length. A sender
 * without times may wait before its next picture, so a frame is whole when the connection is idle after its picture. A
 * binary length of zero ends the stream.
 *
 * <p>The next frame cannot be found after a wrong length, so the connection is closed. Holds at most one frame, and
 * only the bytes of it that have arrived. Not thread-safe.
 */
final class LengthFrameCutter implements FrameCutter {

    private enum State {
        LENGTH,
        PICTURE,
        /** After a picture: in a time, or in the next length. */
        TIME,
        /** A length of zero has ended the stream. */
        ENDED,
        /** Drops all further bytes. */
        DISCARDING
    }

    private final Consumer<Received> out;
    private final FrameLength length;
    private final FramePayload payload = new FramePayload();
    private final SendTime time = new SendTime();

    private State state = State.LENGTH;
    private int left;
    private boolean timeless;
    private boolean late;
    private long begun;

    LengthFrameCutter(LengthNotation notation, int maxFrameLength, Consumer<Received> out) {
        this.out = out;
        this.length = new FrameLength(notation, maxFrameLength);
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        return switch (state) {
            case LENGTH -> length(in, from, to);
            case PICTURE -> picture(in, from, to);
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
                refuse(length.wrong(), length.detail());
            }
        } else if (length.isComplete()) {
            payload.received(length.bytes(), 0, length.count());
            left = length.value();
            state = left > 0 ? State.PICTURE : empty();
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
            payload.reset();
            return State.ENDED;
        }
        String detail = "frame length: 0 (expected: >= 1)";
        out.accept(payload.reject(length.format(), RejectReason.NOT_A_PICTURE, detail, false));
        length.reset();
        return State.LENGTH;
    }

    private int afterEnd(int to) {
        refuse(RejectReason.BAD_LENGTH, "bytes after a length of 0 (expected: none, it ends the stream)");
        return to;
    }

    private int picture(byte[] in, int at, int to) {
        if (!payload.hasBegun()) {
            if (in[at] == (byte) 0x80) {
                refuse(RejectReason.UNKNOWN_FORMAT, FrameLength.PICKLE);
                return to;
            }
            payload.begin(length.isAscii() && in[at] >= 0);
        }
        int next = at + Math.min(left, to - at);
        payload.take(in, at, next);
        left -= next - at;
        if (left == 0) {
            pictureEnds();
        }
        return next;
    }

    private void pictureEnds() {
        if (length.hasLonger()) {
            if (!payload.endsAsJpeg()) {
                left = Math.toIntExact(length.takeLonger());
                return;
            }
            length.fixOrder();
        }
        if (length.isWide() && !timeless) {
            state = State.TIME;
        } else {
            frameEnds(null);
        }
    }

    private int time(byte[] in, int at, int to) {
        int next = time.take(in, at, to);
        if (time.isComplete()) {
            payload.received(time.bytes(), 0, time.count());
            frameEnds(time.read());
        } else if (time.isNone()) {
            // These bytes begin the next length.
            byte[] beginning = time.taken();
            timeless = true;
            frameEnds(null);
            if (beginning.length > 0) {
                length(beginning, 0, beginning.length);
            }
        }
        return next;
    }

    private void frameEnds(@Nullable Instant sentAt) {
        if (late) {
            payload.reset();
        } else {
            out.accept(payload.complete(length.format(), sentAt));
        }
        late = false;
        length.reset();
        time.reset();
        state = State.LENGTH;
    }

    private void refuse(RejectReason reason, String detail) {
        reject(reason, detail, true);
    }

    @Override
    public boolean isWholeIfIdle() {
        return state == State.TIME && time.count() == 0 && !late;
    }

    @Override
    public void idle() {
        frameEnds(null);
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (state == State.TIME) {
            // The picture is whole; only its time is not.
            frameEnds(null);
        } else if (midFrame()) {
            String detail = state == State.LENGTH
                    ? why + " (expected: a length)"
                    : why + " (expected: " + left + " more bytes)";
            reject(reason, detail, false);
        }
    }

    private void reject(RejectReason reason, String detail, boolean closing) {
        if (state == State.LENGTH) {
            payload.begin(false);
            payload.take(length.bytes(), 0, length.count());
        }
        out.accept(payload.reject(length.format(), reason, detail, closing));
        state = State.DISCARDING;
    }

    @Override
    public boolean midFrame() {
        return state == State.PICTURE || state == State.TIME || (state == State.LENGTH && length.count() > 0);
    }

    @Override
    public long begun() {
        return begun;
    }

    @Override
    public int heldBytes() {
        return payload.heldBytes();
    }
}
