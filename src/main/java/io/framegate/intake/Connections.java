package io.framegate.intake;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import org.slf4j.event.Level;

/** Counts connections, refuses them over a limit, and closes them when they are idle. Thread-safe. */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter {

    private final ConnectionCount count;
    private final int max;
    private final ConnectionLog log;

    Connections(ConnectionCount count, int max, ConnectionLog log) {
        this.count = count;
        this.max = max;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Peer peer = count.peers().connected(Peers.host(ctx.channel()));
        ctx.channel().attr(Peer.KEY).set(peer);
        int now = count.opened();
        // An exception in another handler would keep the event of the close from this one.
        ctx.channel().closeFuture().addListener(closed -> closed(peer));
        Refusal refusal = now > max ? Refusal.MAX_CONNECTIONS : count.peers().refusal(peer);
        if (refusal == null) {
            ctx.fireChannelActive();
        } else {
            refuse(ctx, refusal, now);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Refusal refusal, int now) {
        count.refuse(refusal);
        if (refusal != Refusal.BANNED) {
            String what = "connection refused: framegate.intake." + refusal.tag() + " reached";
            log.log(ctx.channel(), Level.WARN, what, line -> line.addKeyValue("open", now));
        }
        ctx.close();
    }

    private void closed(Peer peer) {
        count.closed();
        count.peers().disconnected(peer);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        FrameGate gate = ctx.pipeline().get(FrameGate.class);
        // A connection is not idle while the gateway does not read from it.
        if (event instanceof IdleStateEvent && (gate == null || !gate.isPaused())) {
            String what = "connection idle for framegate.intake.idle-timeout: closing";
            log.log(ctx.channel(), Level.INFO, what, line -> line);
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
