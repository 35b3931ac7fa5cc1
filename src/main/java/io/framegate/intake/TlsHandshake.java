package io.framegate.intake;

import io.framegate.event.PeerText;
import io.framegate.log.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Reports how a TLS handshake ended: its failure in one line of the log, and whose certificate the client has shown.
 * Stands after the TLS handler. One for each channel. Used on its event loop.
 */
final class TlsHandshake extends ChannelInboundHandlerAdapter {

    /** Five times what a client with a chain of four certificates needs. */
    private static final int MAX_HANDSHAKE = 32 << 10;

    private final SslHandler ssl;
    private final ListenerAccess access;
    private final RefusalLog refusals;
    private final Limit limit = new Limit();
    private boolean failed;

    TlsHandshake(SslHandler ssl, ListenerAccess access, RefusalLog refusals) {
        this.ssl = ssl;
        this.access = access;
        this.refusals = refusals;
    }

    /** The handler that bounds the bytes of the handshake. Stands before the TLS handler. */
    ChannelInboundHandlerAdapter limit() {
        return limit;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ctx.pipeline().remove(limit);
                noteCertificate(ctx);
            } else {
                failed(ctx, handshake.cause());
            }
        }
        if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
            // The client sends no more bytes, as a plain one that shuts its output down.
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        ctx.fireUserEventTriggered(event);
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
        failed = true;
        // A connection without a byte is a probe.
        if (limit.bytes > 0 || cause instanceof SslHandshakeTimeoutException) {
            refusals.refused(ctx.channel(), "TLS handshake failed", reason(cause));
        }
    }

    private String reason(Throwable cause) {
        if (limit.bytes > MAX_HANDSHAKE) {
            return "handshake: more than " + MAX_HANDSHAKE + " bytes";
        }
        if (cause instanceof NotSslRecordException) {
            // Its message is what the peer sent.
            return "plain text (expected: TLS, because of "
                    + access.names().tls().certificate().name() + ")";
        }
        return Reason.of(cause);
    }

    /** The failure of the handshake is reported already. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (failed) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private static final class Limit extends ChannelInboundHandlerAdapter {

        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            bytes += ((ByteBuf) msg).readableBytes();
            if (bytes > MAX_HANDSHAKE) {
                ReferenceCountUtil.release(msg);
                ctx.close();
            } else {
                ctx.fireChannelRead(msg);
            }
        }
    }
}
