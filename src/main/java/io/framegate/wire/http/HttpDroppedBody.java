package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;

/** The body of a refused request. Drops it, so that the client can log in on the same connection. */
final class HttpDroppedBody implements HttpBody {

    private final long maxLength;
    private final Runnable tooLong;
    private long length;

    /**
     * Creates a body.
     *
     * @param tooLong ends the connection after more bytes
     */
    HttpDroppedBody(long maxLength, Runnable tooLong) {
        this.maxLength = maxLength;
        this.tooLong = tooLong;
    }

    @Override
    public void take(ByteBuf piece) {
        length += piece.readableBytes();
        if (length > maxLength) {
            tooLong.run();
        }
    }

    @Override
    public void end() {}

    @Override
    public void giveUp(RejectReason reason, String why) {}

    @Override
    public int heldBytes() {
        return 0;
    }
}
