package io.framegate.intake;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the beginning and the end of a connection. The health check of a load balancer connects and closes without a
 * byte, so the first line is logged with the first byte or after 200 ms.
 *
 * <p>One for each channel. Used on its event loop.
 */
final class ConnectionEnds extends ChannelInboundHandlerAdapter {

    private static final long PROBE_MILLIS = 200;

    private final ConnectionCount count;
    private final ConnectionLog log;
    private @Nullable Future<?> timer;
    private boolean connected;

    ConnectionEnds(ConnectionCount count, ConnectionLog log) {
        this.count = count;
        this.log = log;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> connected(ctx), PROBE_MILLIS, TimeUnit.MILLISECONDS);
        // An exception in another handler would keep the close event from this handler.
        ctx.channel().closeFuture().addListener(closed -> disconnected(ctx));
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        connected(ctx);
        ctx.fireChannelRead(msg);
    }

    /** A probe may also end with a reset. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!connected && cause instanceof IOException) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void connected(ChannelHandlerContext ctx) {
        if (!connected) {
            connected = true;
            cancelTimer();
            log(ctx, "camera connected");
        }
    }

    private void disconnected(ChannelHandlerContext ctx) {
        cancelTimer();
        if (connected) {
            log(ctx, "camera disconnected");
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void log(ChannelHandlerContext ctx, String what) {
        String certificate = Peers.certificate(ctx.channel());
        log.log(ctx.channel(), Level.INFO, what, line -> {
            LoggingEventBuilder counted = line.addKeyValue("open", count.open());
            return certificate == null ? counted : counted.addKeyValue("certificate", certificate);
        });
    }
}
