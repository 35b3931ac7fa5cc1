package io.framegate.intake;

import io.framegate.intake.memory.Holding;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import org.slf4j.event.Level;

/**
 * Counts connections, refuses connections over a limit unless they replace another connection, and closes connections
 * from which the gateway read nothing for the idle timeout. The routes or other connections may be the reason that it
 * read nothing: the peer may still have left, which the gateway learns only when it reads. While the gateway reads from
 * no connection, because a disk is full or routes change, no connection is idle. Thread-safe.
 */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter {

    /** A waiting camera gives up sooner. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ConnectionCount count;
    private final int max;
    private final InFlight inFlight;
    private final Duration idleTimeout;
    private final ConnectionLog log;

    Connections(ConnectionCount count, int max, InFlight inFlight, Duration idleTimeout, ConnectionLog log) {
        this.count = count;
        this.max = max;
        this.inFlight = inFlight;
        this.idleTimeout = idleTimeout;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Peer peer = count.peers().connected(Peers.host(ctx.channel()));
        ctx.channel().attr(Peer.KEY).set(peer);
        int now = count.opened();
        // An exception in another handler would keep the close event from this handler.
        ctx.channel().closeFuture().addListener(closed -> closed(peer));
        if (!count.admits(ctx.channel())) {
            return;
        }
        Refusal ofPeer = count.peers().refusal(peer);
        Refusal refusal = ofPeer == null && now > max ? Refusal.MAX_CONNECTIONS : ofPeer;
        if (refusal == null || takesPlace(ctx, peer, refusal)) {
            ctx.fireChannelActive();
        } else {
            refuse(ctx, refusal, now);
        }
    }

    private boolean takesPlace(ChannelHandlerContext ctx, Peer peer, Refusal refusal) {
        boolean place =
                switch (refusal) {
                    // A camera that reconnects must not be refused because of the stale connections that it left.
                    case MAX_CONNECTIONS_PER_PEER ->
                        inFlight.memory().giveWay(peer.memory(), Holding::waitedNanos, PATIENCE);
                    case MAX_CONNECTIONS -> takesPlaceOfLargest(peer);
                    default -> false;
                };
        if (place) {
            String other = refusal == Refusal.MAX_CONNECTIONS ? "a quiet one" : "one that waits";
            String what = "connection replaces " + other + ": framegate.intake." + refusal.tag() + " reached";
            log.log(ctx.channel(), Level.WARN, what, line -> line);
        }
        return place;
    }

    /**
     * A few addresses that hold all connections must not lock out other peers, even if they send bytes now and then.
     */
    private boolean takesPlaceOfLargest(Peer peer) {
        Peer largest = count.peers().largest();
        Duration least = count.peers().isFarLarger(largest, peer) ? Duration.ZERO : PATIENCE;
        return inFlight.memory().giveWay(largest.memory(), Holding::quietNanos, least);
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
        if (event instanceof IdleStateEvent && inFlight.readsFor(idleTimeout)) {
            String what = "connection idle for framegate.intake.idle-timeout: closing";
            log.log(ctx.channel(), Level.INFO, what, line -> line);
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
