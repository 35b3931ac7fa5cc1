package io.framegate.wire;

import io.framegate.event.RejectReason;

/**
 * Cuts the frames of one wire format from a stream, in one pass and in whatever pieces it arrives, and hands on what it makes
 * of them. Not thread-safe.
 */
public interface FrameCutter {

    /** Takes the next piece of the stream; the bytes are valid until this returns. */
    void cut(byte[] in, int from, int to);

    /** Gives up what has begun and not ended, and hands it on as rejected; does nothing if there is none. */
    void giveUp(RejectReason reason, String why);

    /** Whether a frame, or the search for the next one, has begun and not ended. */
    boolean midFrame();

    /** How many times a frame, or the search for the next one, has begun. */
    long begun();

    /** Bytes of memory held for what has begun. */
    int heldBytes();

    /** Whether a frame is whole if nothing follows it, which only time can tell. */
    default boolean isWholeIfNothingFollows() {
        return false;
    }

    /** Nothing has followed for a while. */
    default void nothingFollowed() {}
}
