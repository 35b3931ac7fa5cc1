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

    /** Bytes of memory held for the frame that has begun. */
    int heldBytes();

    /** Decodes what arrived while the channel did not read. Called when it reads again. */
    default void resume() {}

    /** Rejects a frame that has begun and not ended, if there is one. */
    void giveUp(RejectReason reason, String why);
}
