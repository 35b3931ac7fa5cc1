package io.framegate.intake;

import io.framegate.log.Reason;
import io.framegate.wire.PeerAddress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requires a PROXY header, which Netty's decoder reads, and makes its client the connection's peer. Later handlers see
 * the connection only then, as if the client had made it. They never see the connections of the proxy's health checks.
 * One for each channel. Used on its event loop.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    /**
     * The maximum length of the additional fields in a header of version 2, in bytes. The gateway ignores these fields.
     */
    private static final int MAX_ADDITIONAL_LENGTH = 4096;

    private static final long DEADLINE_SECONDS = 5;

    /**
     * The number of connections beyond the limit that may still send a header, so that the refusal names the client.
     * {@link Descriptors} reserves descriptors for them.
     */
    private static final int BEYOND = 16;

    private final Decoder decoder = new Decoder();
    private final ListenerAccess access;
    private final RefusalLog refusals;
    private final ConnectionCount connections;
    private final int most;
    private @Nullable Future<?> timer;

    /** Whether the connection is passed on, or never will be. */
    private boolean decided;

    private boolean passedOn;

    /**
     * Creates a handler.
     *
     * @param most the maximum number of open connections and connections that wait for their header
     */
    ProxyHeader(ListenerAccess access, RefusalLog refusals, ConnectionCount connections, int most) {
        this.access = access;
        this.refusals = refusals;
        this.connections = connections;
        this.most = most;
    }

    /** The handler that reads the header. It comes before this handler. */
    ChannelInboundHandlerAdapter decoder() {
        return decoder;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress proxy = Peers.inetAddress(ctx.channel());
        boolean known =
                proxy != null && access.proxies() != null && access.proxies().contain(proxy);
        int now = connections.headerAwaited();
        ctx.channel().closeFuture().addListener(closed -> stopWaiting());
        timer = ctx.executor().schedule(() -> expired(ctx), DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!known) {
            refuse(ctx, "address not in " + access.names().proxyFrom().name());
        } else if (now > most + BEYOND) {
            refuse(ctx, "too many connections without a PROXY header");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws UnknownHostException {
        try {
            if (!decided && msg instanceof HAProxyMessage header) {
                decided = true;
                String client = header.sourceAddress();
                if (header.command() == HAProxyCommand.PROXY && client != null) {
                    if (!isAddress(client)) {
                        refuse(ctx, "the PROXY header names a Unix domain socket (expected: the client's IP address)");
                        return;
                    }
                    passOn(
                            ctx,
                            new InetSocketAddress(
                                    InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(client)),
                                    header.sourcePort()));
                }
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    /** Whether a text is an IP address. A path of a Unix domain socket is not. */
    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    private void passOn(ChannelHandlerContext ctx, InetSocketAddress client) {
        PeerAddress.set(ctx.channel(), client);
        stopWaiting();
        passedOn = true;
        ctx.fireChannelActive();
        // If a handler has closed the connection, this handler stays and drops the bytes after the header.
        if (ctx.channel().isOpen()) {
            ctx.pipeline().remove(this);
        }
    }

    private void stopWaiting() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
            connections.headerDone();
        }
    }

    private void expired(ChannelHandlerContext ctx) {
        if (!decided) {
            refuse(ctx, "no PROXY header within " + DEADLINE_SECONDS + " s");
        }
        ctx.close();
    }

    private void refuse(ChannelHandlerContext ctx, String reason) {
        decided = true;
        refusals.refused(
                ctx.channel(),
                Refusal.PROXY_HEADER,
                "connection refused: " + access.names().proxyProtocol().name() + " is require",
                reason);
        ctx.close();
    }

    /** Does not pass the event on: later handlers see no events until the connection is passed on. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!decided) {
            boolean ofHeader = cause instanceof DecoderException;
            refuse(ctx, (ofHeader ? "no valid PROXY header: " : "connection broken: ") + Reason.plain(cause));
        }
        ctx.close();
    }

    /** A connection without a byte is a probe. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (passedOn) {
            ctx.fireChannelInactive();
        } else if (decoder.heard && !decided) {
            refuse(ctx, "closed before the end of its PROXY header");
        }
    }

    /** Netty's decoder, which also knows whether any byte has arrived. */
    private static final class Decoder extends HAProxyMessageDecoder {

        private boolean heard;

        Decoder() {
            super(MAX_ADDITIONAL_LENGTH);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
            heard = true;
            super.channelRead(ctx, msg);
        }
    }
}
