package io.framegate.wire.length;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.FramePayload;
import io.framegate.wire.PictureStart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the picture after a length. Its first bytes show whether it is base64 ({@link PictureCoding}). Fill bytes
 * before a JPEG are skipped; padding after it is part of the picture. Reused for each frame. Not thread-safe.
 */
final class FramePicture {

    private final FramePayload payload = new FramePayload();
    private final ByteOrderGuess order;

    /** The first bytes, until they decide the coding of the picture. */
    private final byte[] first = new byte[PictureCoding.ENOUGH];

    private int firstCount;
    private int left;
    private int fill;
    private boolean ascii;
    private boolean guessing;

    /** Creates a reader; {@code order} walks over a picture that has two possible lengths. */
    FramePicture(ByteOrderGuess order) {
        this.order = order;
    }

    /** Begins the picture after a complete length. */
    void begin(FrameLength length) {
        received(length.bytes(), length.count());
        left = length.value();
        ascii = length.isAscii();
        guessing = length.hasLonger();
        if (guessing) {
            order.begin(length.order());
        }
    }

    /** Counts and hashes bytes of the frame that are not the picture. */
    void received(byte[] bytes, int count) {
        payload.received(bytes, 0, count);
    }

    /** Continues a whole picture, because the other byte order gives a longer length. */
    void continueFor(int more) {
        left = more;
        guessing = false;
    }

    /** Whether no byte of the picture is there yet. */
    boolean isAtBeginning() {
        return firstCount == 0 && !payload.hasBegun();
    }

    /** Whether the last byte of the picture was read. */
    boolean isWhole() {
        return left == 0;
    }

    /** The number of bytes that are still to come. */
    int missing() {
        return left - firstCount;
    }

    boolean endsAsJpeg() {
        return payload.endsAsJpeg();
    }

    int heldBytes() {
        return payload.heldBytes();
    }

    /** Reads bytes up to the end of the picture; returns the index of the first one that it did not read. */
    int take(byte[] in, int from, int to) {
        if (payload.hasBegun() || (firstCount == 0 && begins(in, from, Math.min(to, from + left)))) {
            return append(in, from, to);
        }
        first[firstCount++] = in[from];
        if (begins(first, 0, firstCount)) {
            int next = append(first, 0, firstCount);
            append(first, next, firstCount);
            firstCount = 0;
        }
        return from + 1;
    }

    /** Begins the payload; returns false if these first bytes do not decide the coding of the picture yet. */
    private boolean begins(byte[] in, int from, int to) {
        PictureCoding coding = PictureCoding.of(in, from, to);
        if (coding == PictureCoding.MORE && to - from < left) {
            return false;
        }
        boolean raw = coding == PictureCoding.RAW;
        // Text that is not a picture is damaged base64.
        payload.begin(coding == PictureCoding.BASE64 || (!raw && ascii && in[from] >= ' '));
        fill = raw ? PictureStart.fillBytes(in, from, to) : 0;
        return true;
    }

    private int append(byte[] in, int at, int to) {
        int next = at + Math.min(fill > 0 ? fill : left, to - at);
        if (fill > 0) {
            payload.received(in, at, next);
            fill -= next - at;
        } else {
            payload.take(in, at, next);
        }
        if (guessing) {
            order.walk(in, at, next);
        }
        left -= next - at;
        return next;
    }

    /** Returns the whole frame and begins the next one. */
    Packet complete(String format, @Nullable Instant sentAt) {
        return payload.complete(format, sentAt);
    }

    /** Adds bytes that were kept elsewhere, for a reject. */
    void keep(byte[] bytes, int count) {
        if (!payload.hasBegun()) {
            payload.begin(false);
        }
        payload.take(bytes, 0, count);
    }

    /** Returns a reject with the bytes of the picture so far and begins the next frame. */
    RejectedPacket reject(String format, RejectReason reason, String detail, boolean closing) {
        keep(first, firstCount);
        firstCount = 0;
        return payload.reject(format, reason, detail, closing);
    }

    /** Drops the frame and begins the next one. */
    void reset() {
        payload.reset();
    }
}
