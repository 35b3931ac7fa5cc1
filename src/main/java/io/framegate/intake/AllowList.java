package io.framegate.intake;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;

/**
 * Closes connections of peers that are not allowed, before the first byte is read. Later handlers see only the
 * connections of allowed peers. Netty's {@code RuleBasedIpFilter} knows only the address of the socket; behind a proxy,
 * this handler checks the address of the client. Thread-safe.
 */
@Sharable
final class AllowList extends ChannelInboundHandlerAdapter {

    private final ListenerAccess access;
    private final RefusalLog refusals;

    AllowList(ListenerAccess access, RefusalLog refusals) {
        this.access = access;
        this.refusals = refusals;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress peer = Peers.inetAddress(ctx.channel());
        if (peer != null && access.allowed().contain(peer)) {
            ctx.pipeline().remove(this);
            ctx.fireChannelActive();
        } else {
            refusals.refused(
                    ctx.channel(),
                    Refusal.NOT_ALLOWED,
                    "connection refused",
                    "address not in " + access.names().allow().name());
            ctx.close();
        }
    }

    /** Does not pass the event on: later handlers have not seen the connection. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {}
}
