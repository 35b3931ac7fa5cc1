package io.framegate.wire;

import io.framegate.event.RejectReason;

/**
 * Cuts the frames of one wire format from a stream in one pass and passes on each as a packet or a reject. The result
 * must not depend on the pieces in which the stream arrives. Not thread-safe.
 */
public interface FrameCutter {

    /** Reads the next piece of the stream. The bytes are valid until this returns. */
    void cut(byte[] in, int from, int to);

    /** Rejects a frame that has begun and not ended, if there is one. */
    void giveUp(RejectReason reason, String why);

    /** Whether a frame, or a search for the next one, has begun and not ended. */
    boolean midFrame();

    /** The number of frames, and of searches for the next one, that have begun. */
    long begun();

    /** Bytes of memory held for the frame that has begun. */
    int heldBytes();

    /** Whether the frame is whole if the connection is idle now: its format allows an optional part to follow. */
    default boolean isWholeIfIdle() {
        return false;
    }

    /** Ends the frame, because the connection was idle. */
    default void idle() {}
}
