package io.framegate.wire.length;

import io.framegate.wire.jpeg.JpegWalker;
import java.util.Arrays;

/**
 * Decides between the two lengths that the two byte orders give, if both are possible.
 *
 * <pre>
 * length | JPEG ... FF D9                  the JPEG ends with the shorter length: the shorter one
 * length | JPEG ... FF D9 | padding | length | FF D8 ...   another frame after the shorter length: the shorter one
 * length | JPEG ... FF D9 | padding | padding ...          more padding after it: the longer one
 * length | JPEG ......................... FF D9            the JPEG goes on after it: the longer one
 * </pre>
 *
 * <p>The bytes after the shorter length are kept until they decide it, {@value #MOST} at most. The shorter length
 * counts if the connection ends or is idle, unless the JPEG goes on. Each byte is walked over once. Reused for each
 * frame. Not thread-safe.
 */
final class ByteOrderGuess {

    private static final int MOST = Integer.BYTES + PictureCoding.ENOUGH;

    /** The outcome. */
    enum Decision {
        /** More bytes after the shorter length are needed. */
        MORE,
        SHORTER,
        LONGER
    }

    private final int maxLength;
    private final JpegWalker walker = new JpegWalker();
    private final byte[] after = new byte[MOST];
    private LengthNotation shorter = LengthNotation.LE32;
    private int count;
    private boolean padded;
    private boolean zeros;

    ByteOrderGuess(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Begins a frame whose length in this notation is the shorter one. */
    void begin(LengthNotation notation) {
        shorter = notation;
        walker.reset();
        count = 0;
        padded = false;
        zeros = true;
    }

    /** Walks over bytes of the picture, up to the shorter length. */
    void walk(byte[] in, int from, int to) {
        int next = walker.walk(in, from, to);
        if (walker.isAtEnd()) {
            padded |= next < to;
            for (int at = next; at < to && zeros; at++) {
                zeros = in[at] == 0;
            }
        }
    }

    /** Whether the picture is a JPEG that has not ended. */
    boolean isInside() {
        return !walker.isAtEnd() && !walker.isBroken();
    }

    /** Keeps bytes after the shorter length; returns the index of the first one that it does not need. */
    int keep(byte[] in, int from, int to, boolean endsAsJpeg) {
        int next = from;
        while (next < to && decide(endsAsJpeg) == Decision.MORE) {
            after[count++] = in[next++];
        }
        return next;
    }

    /**
     * Decides by the bytes so far.
     *
     * @param endsAsJpeg whether the last bytes of the shorter length are an end marker, which counts if the JPEG could
     *     not be walked over
     */
    Decision decide(boolean endsAsJpeg) {
        if ((walker.isAtEnd() && !padded) || (walker.isBroken() && endsAsJpeg)) {
            return Decision.SHORTER;
        }
        if (count < Integer.BYTES) {
            return Decision.MORE;
        }
        long next = shorter.value(after, 0, count);
        if (next == 0) {
            // The end of the stream, if nothing follows.
            return isInside() || count > Integer.BYTES ? Decision.LONGER : Decision.MORE;
        }
        if (next > maxLength) {
            return Decision.LONGER;
        }
        return switch (PictureCoding.of(after, Integer.BYTES, count)) {
            case RAW, BASE64 -> Decision.SHORTER;
            case MORE -> Decision.MORE;
            case NEITHER -> walker.isAtEnd() && zeros ? Decision.SHORTER : Decision.LONGER;
        };
    }

    /** Whether the frame ends here if nothing more comes: before a length, or after a whole one. */
    boolean isWholeIfIdle() {
        return !isInside() && (count == 0 || count >= Integer.BYTES);
    }

    /** The bytes kept. */
    byte[] after() {
        return Arrays.copyOf(after, count);
    }
}
