package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;

/**
 * Reads the body of one request and passes on its packets and rejects. Their answers decide the response. Used on the
 * channel's event loop only.
 */
interface HttpBody {

    /** Reads the next piece without keeping it. */
    void take(ByteBuf piece);

    /** Ends the body, which is whole. */
    void end();

    /** Rejects the body before its end. */
    void giveUp(RejectReason reason, String why);

    /** Bytes of memory held. */
    int heldBytes();

    /** Whether the sender expects XML in the response. Most senders read the status only. */
    default boolean isAnsweredInXml() {
        return true;
    }

    /** Frees native memory. */
    default void close() {}
}
