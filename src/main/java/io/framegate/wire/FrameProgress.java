package io.framegate.wire;

import io.framegate.event.RejectReason;

/**
 * The progress of a decoder, for deadlines and memory limits. A decoder fires itself as a user event when it is added
 * to a channel. Its methods must be called on the channel's event loop.
 */
public interface FrameProgress {

    /** Whether a frame has begun and not ended. */
    boolean midFrame();

    /** The number of frames that have begun. A change restarts the deadline. */
    long framesBegun();

    /**
     * The memory held, in bytes: the capacity of all arrays and buffers for the unfinished frame, the bytes that are
     * not decoded yet, and the answers that are not written yet.
     */
    int heldBytes();

    /** Whether reading must pause, because too many answers are not written yet. A written answer ends the pause. */
    default boolean isFull() {
        return false;
    }

    /**
     * Decodes the waiting bytes. A decoder stops when auto-read is turned off, after at most one more frame. Code that
     * turns auto-read on again must call this method afterwards.
     */
    void resume();

    /** Rejects the unfinished frame, if there is one. */
    void giveUp(RejectReason reason, String why);
}
