package io.framegate.wire;

import io.framegate.event.RejectReason;

/**
 * How far a decoder is, for deadlines and memory limits. A decoder fires itself as a user event when it begins its work
 * on a channel. Called on the channel's event loop only.
 */
public interface FrameProgress {

    /** Whether a frame has begun and not ended. */
    boolean midFrame();

    /** How many frames have begun: a change says that the deadline starts anew. */
    long framesBegun();

    /** Bytes of memory held for the frame that has begun. */
    int heldBytes();

    /** Gives up the frame that has begun and hands it on as rejected; does nothing if there is none. */
    void giveUp(RejectReason reason, String why);
}
