package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;

/** A body that is dropped, because the response is already decided. */
final class HttpDroppedBody implements HttpBody {

    private final long maxLength;
    private final Runnable tooLong;
    private long length;

    /** Creates the body of a request that is the last one of its connection. */
    HttpDroppedBody() {
        this(Long.MAX_VALUE, () -> {});
    }

    /**
     * Creates the body of a refused request, after which the client can log in on the same connection.
     *
     * @param tooLong ends the connection when the body exceeds {@code maxLength} bytes
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
