package io.framegate.intake;

import io.framegate.log.LogLimit;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs both ends of a connection. A balancer that only looks whether somebody listens connects and closes without a
 * byte: the first line therefore comes with the first byte or after 200 ms. One for each channel. Used on its event
 * loop.
 */
final class ConnectionLog extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private static final long PROBE_MILLIS = 200;

    private final ConnectionCount count;
    private final LogLimit lines;
    private @Nullable Future<?> timer;
    private boolean connected;

    /** Creates a handler; all handlers of a listener share the limit of lines. */
    ConnectionLog(ConnectionCount count, LogLimit lines) {
        this.count = count;
        this.lines = lines;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> connected(ctx), PROBE_MILLIS, TimeUnit.MILLISECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        connected(ctx);
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelTimer();
        if (connected) {
            log(ctx, "camera disconnected");
        }
        ctx.fireChannelInactive();
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

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void log(ChannelHandlerContext ctx, String what) {
        lines.log(Peers.host(ctx.channel()), suppressed -> {
            LoggingEventBuilder line = LOG.atInfo()
                    .addKeyValue("peer", Peers.address(ctx.channel()))
                    .addKeyValue("open", count.open());
            String certificate = Peers.certificate(ctx.channel());
            if (certificate != null) {
                line = line.addKeyValue("certificate", certificate);
            }
            (suppressed == 0 ? line : line.addKeyValue("suppressed", suppressed)).log(what);
        });
    }
}
