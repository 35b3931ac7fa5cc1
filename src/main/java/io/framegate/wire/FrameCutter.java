package io.framegate.wire;

import io.framegate.event.RejectReason;

/**
 * Cuts the frames of one wire format from a stream in one pass and passes on each as a packet or a reject. The result
 * must not depend on the pieces in which the stream arrives. Not thread-safe.
 */
public interface FrameCutter {

    /**
     * Reads bytes of the next piece of the stream, up to the end of a frame at most. The bytes are valid until this
     * returns.
     *
     * @return the index of the first byte that was not read; it may be {@code from} if only the cutter's state changed
     */
    int cut(byte[] in, int from, int to);

    /** Reads a whole piece of the stream. */
    default void cutAll(byte[] in, int from, int to) {
        int at = from;
        while (at < to) {
            at = cut(in, at, to);
        }
    }

    /** Rejects the unfinished frame, if there is one. */
    void giveUp(RejectReason reason, String why);

    /** Ends the stream after its sender has sent all of it. */
    default void end(String why) {
        giveUp(RejectReason.INCOMPLETE, why);
    }

    /** Whether a frame, or a search for the next one, has begun and not ended. */
    boolean midFrame();

    /** The number of frames, and of searches for the next one, that have begun. */
    long begun();

    /** The memory held for the unfinished frame, in bytes: the capacity of its arrays. */
    int heldBytes();

    /** Whether an idle connection completes the frame, because only an optional part may follow. */
    default boolean isWholeIfIdle() {
        return false;
    }

    /** Ends the frame, because the connection was idle. */
    default void idle() {}
}
