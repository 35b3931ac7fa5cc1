package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;

/**
 * What the body of a request is read as. Hands on what it makes of it; the request's answer follows from that. One for each
 * request; used on a channel's event loop only.
 */
interface HttpBody {

    /** Takes the next piece, without keeping it. */
    void take(ByteBuf piece);

    /** The body is whole. */
    void end();

    /** Gives the body up before its end and hands on one reject. */
    void giveUp(RejectReason reason, String why);

    /** Bytes of memory held. */
    int heldBytes();

    /** Whether its sender looks for XML in the answer; most look at the status alone. */
    default boolean isAnsweredInXml() {
        return true;
    }

    /** A body nobody wants to know: what the request is answered with is decided. */
    enum Ignored implements HttpBody {
        BODY;

        @Override
        public void take(ByteBuf piece) {}

        @Override
        public void end() {}

        @Override
        public void giveUp(RejectReason reason, String why) {}

        @Override
        public int heldBytes() {
            return 0;
        }
    }
}
