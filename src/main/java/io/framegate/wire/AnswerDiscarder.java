package io.framegate.wire;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Drops answers, for formats without answers. */
@Sharable
public final class AnswerDiscarder extends ChannelOutboundHandlerAdapter {

    public static final AnswerDiscarder INSTANCE = new AnswerDiscarder();

    private AnswerDiscarder() {}

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof Answer) {
            promise.setSuccess();
        } else {
            ctx.write(msg, promise);
        }
    }
}
