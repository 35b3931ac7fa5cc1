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
     * Bytes of memory held: the capacity of all arrays and buffers for the frame that has begun, the bytes that are not
     * decoded yet, and the answers that are not written yet.
     */
    int heldBytes();

    /**
     * Whether nothing more may be read, because too many answers are not written yet. A written answer ends this state.
     */
    default boolean isFull() {
        return false;
    }

    /**
     * Decodes the bytes that wait. A decoder decodes nothing while the channel does not read automatically, and at most
     * one frame after that. Whoever makes the channel read automatically again calls this afterwards.
     */
    void resume();

    /** Rejects a frame that has begun and not ended, if there is one. */
    void giveUp(RejectReason reason, String why);
}
