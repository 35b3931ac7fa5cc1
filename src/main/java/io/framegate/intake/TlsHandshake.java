package io.framegate.intake;

import io.framegate.event.PeerText;
import io.framegate.intake.tls.ListenerTls;
import io.framegate.log.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Reports the result of a TLS handshake: logs a failure as one line, and stores the subject of the client's
 * certificate. Later handlers see the connection only after the handshake, so that a handler that stops reading cannot
 * stop the handshake. Comes after the TLS handler. One for each channel. Used on its event loop.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter {

    /** Five times the number of bytes that a client with a chain of four certificates sends. */
    private static final int MAX_HANDSHAKE = 32 << 10;

    private final SslHandler ssl;
    private final ListenerAccess access;
    private final ConnectionCount connections;
    private final RefusalLog refusals;
    private final Reads reads = new Reads();
    private boolean done;

    TlsHandshake(SslHandler ssl, ListenerAccess access, ConnectionCount connections, RefusalLog refusals) {
        this.ssl = ssl;
        this.access = access;
        this.connections = connections;
        this.refusals = refusals;
    }

    /** The handler that bounds the bytes that the TLS handler reads. It comes before the TLS handler. */
    ChannelDuplexHandler reads() {
        return reads;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        String host = Peers.host(ctx.channel());
        boolean room = connections.tlsOpened(host, ListenerTls.maxConnections());
        ctx.channel().closeFuture().addListener(closed -> connections.tlsClosed(host));
        if (!room) {
            refusals.refused(
                    ctx.channel(),
                    Refusal.MAX_TLS_CONNECTIONS,
                    "connection refused",
                    "the heap has no room for more with TLS, of which one address has half");
            // Closes from before the TLS handler, which would first send a close_notify alert.
            ctx.pipeline().context(reads).close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (done) {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (done) {
            ctx.fireChannelWritabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (done) {
            ctx.fireChannelInactive();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                noteCertificate(ctx);
                done = true;
                ctx.fireChannelActive();
            } else {
                failed(ctx, handshake.cause());
            }
        } else if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
            // The client sends no more bytes, like a client without TLS that shuts down its output.
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else if (done) {
            ctx.fireUserEventTriggered(event);
        } else if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    private void noteCertificate(ChannelHandlerContext ctx) {
        if (ssl.engine().getNeedClientAuth()) {
            try {
                String subject = ssl.engine().getSession().getPeerPrincipal().getName();
                Peers.setCertificate(ctx.channel(), PeerText.clean(subject));
            } catch (SSLPeerUnverifiedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        // A connection without a byte is a probe.
        if (reads.bytes > 0 || cause instanceof SslHandshakeTimeoutException) {
            refusals.refused(ctx.channel(), Refusal.TLS_HANDSHAKE, "TLS handshake failed", reason(cause));
        }
    }

    private String reason(Throwable cause) {
        if (reads.bytes > MAX_HANDSHAKE) {
            return "handshake: more than " + MAX_HANDSHAKE + " bytes";
        }
        if (cause instanceof NotSslRecordException) {
            // The message of the exception contains the bytes that the peer sent.
            return "plain text (expected: TLS, because of "
                    + access.names().tls().certificate().name() + ")";
        }
        return cause instanceof ClosedChannelException ? "closed by the peer" : Reason.plain(cause);
    }

    /** The event of the failed handshake reports a failure before the end of the handshake. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (done) {
            ctx.fireExceptionCaught(cause);
        } else {
            ctx.close();
        }
    }

    /** Bounds the bytes of the handshake. After the handshake, reads nothing while the gateway does not read. */
    private final class Reads extends ChannelDuplexHandler {

        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            // The last bytes of the handshake may arrive together with the first packets.
            if (!done && bytes > MAX_HANDSHAKE) {
                ReferenceCountUtil.release(msg);
                ctx.close();
                return;
            }
            if (!done) {
                bytes += ((ByteBuf) msg).readableBytes();
            }
            ctx.fireChannelRead(msg);
        }

        /** Netty's TLS handler reads on by itself until it has a whole record. */
        @Override
        public void read(ChannelHandlerContext ctx) {
            if (!done || ctx.channel().config().isAutoRead()) {
                ctx.read();
            }
        }
    }
}
