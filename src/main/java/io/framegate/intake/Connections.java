package io.framegate.intake;

import io.framegate.event.LogLimit;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts connections, refuses those beyond the cap, and logs when they come and go. Thread-safe. */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private final AtomicInteger open;
    private final int max;
    private final LogLimit refusals = new LogLimit();

    Connections(AtomicInteger open, int max) {
        this.open = open;
        this.max = max;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int now = open.incrementAndGet();
        String peer = Peers.address(ctx.channel());
        if (now > max) {
            refusals.log(Peers.host(ctx.channel()), suppressed -> LOG.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("limit", max)
                    .addKeyValue("suppressed", suppressed)
                    .log("connection refused: framegate.intake.max-connections reached"));
            ctx.close();
            return;
        }
        LOG.atInfo().addKeyValue("peer", peer).addKeyValue("open", now).log("camera connected");
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        int now = open.decrementAndGet();
        LOG.atInfo()
                .addKeyValue("peer", Peers.address(ctx.channel()))
                .addKeyValue("open", now)
                .log("camera disconnected");
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        FrameGate gate = ctx.pipeline().get(FrameGate.class);
        // While this side does not read, silence says nothing about the camera.
        if (event instanceof IdleStateEvent && (gate == null || !gate.isPaused())) {
            LOG.atInfo()
                    .addKeyValue("peer", Peers.address(ctx.channel()))
                    .log("connection idle for framegate.intake.idle-timeout: closing");
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.fireExceptionCaught(cause);
    }
}
