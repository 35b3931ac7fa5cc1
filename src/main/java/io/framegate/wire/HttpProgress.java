package io.framegate.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Notices that a request has begun. It stands before the HTTP codec, because the codec says nothing of a request line that
 * arrives a byte at a time, and a deadline has to count from its first byte.
 */
final class HttpProgress extends ChannelInboundHandlerAdapter {

    private boolean midRequest;
    private long begun;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!midRequest) {
            midRequest = true;
            begun++;
        }
        ctx.fireChannelRead(msg);
    }

    /** A request begins behind another in the same read. */
    void requestBegins() {
        if (!midRequest) {
            midRequest = true;
            begun++;
        }
    }

    void requestEnds() {
        midRequest = false;
    }

    boolean midRequest() {
        return midRequest;
    }

    long begun() {
        return begun;
    }
}
