package io.framegate.intake;

import io.framegate.log.LogLimit;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts connections, refuses those over the limit, and closes idle ones. Thread-safe. */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private static final AttributeKey<Boolean> REFUSED = AttributeKey.valueOf("framegate-refused");

    private final ConnectionCount count;
    private final int max;
    private final LogLimit lines = new LogLimit();

    Connections(ConnectionCount count, int max) {
        this.count = count;
        this.max = max;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        int now = count.opened();
        if (now > max) {
            count.refuse();
            ctx.channel().attr(REFUSED).set(true);
            log(ctx, now, "connection refused: framegate.intake.max-connections reached");
            ctx.close();
        } else {
            ctx.fireChannelActive();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        count.closed();
        if (!ctx.channel().hasAttr(REFUSED)) {
            ctx.fireChannelInactive();
        }
    }

    private void log(ChannelHandlerContext ctx, int now, String what) {
        lines.log(Peers.host(ctx.channel()), suppressed -> {
            LoggingEventBuilder line = LOG.atWarn()
                    .addKeyValue("peer", Peers.address(ctx.channel()))
                    .addKeyValue("open", now);
            (suppressed == 0 ? line : line.addKeyValue("suppressed", suppressed)).log(what);
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        FrameGate gate = ctx.pipeline().get(FrameGate.class);
        // A connection is not idle while the gateway does not read from it.
        if (event instanceof IdleStateEvent && (gate == null || !gate.isPaused())) {
            LOG.atInfo()
                    .addKeyValue("peer", Peers.address(ctx.channel()))
                    .log("connection idle for framegate.intake.idle-timeout: closing");
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
