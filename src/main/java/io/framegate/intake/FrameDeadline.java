package io.framegate.intake;

import io.framegate.event.RejectReason;
import io.framegate.intake.tls.TlsRecords;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose packet is not complete in time, counted from the packet's first byte. Netty's read timeouts
 * restart with every byte, so a peer that sends a byte now and then would hold its memory forever. Between packets, a
 * TLS record must be complete in the same time, because the decoders see a record only after its last byte. Time in
 * which the gateway did not read for its own reasons does not count; {@link PauseClock} measures it.
 *
 * <p>One for each channel. Used on its event loop.
 */
final class FrameDeadline extends ChannelInboundHandlerAdapter {

    private final FrameGate gate;
    private final long deadlineNanos;
    private @Nullable FrameProgress progress;
    private @Nullable TlsRecords records;
    private @Nullable Future<?> timer;
    private long begun;
    private long beganAt;
    private long pausedBefore;

    FrameDeadline(FrameGate gate, Duration deadline) {
        this.gate = gate;
        this.deadlineNanos = deadline.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        records = ctx.pipeline().get(TlsRecords.class);
        // An exception in another handler would keep the close event from this handler.
        ctx.channel().closeFuture().addListener(closed -> cancel());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof FrameProgress decoder) {
            progress = decoder;
        }
        ctx.fireUserEventTriggered(event);
    }

    /** Not passed on: the next handler runs in a thread of the routes, which would wake up for it at each read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long now = unfinished();
        if (now != 0 && now != begun) {
            begun = now;
            beganAt = System.nanoTime();
            pausedBefore = gate.pausedNanos();
            if (timer == null && ctx.channel().isOpen()) {
                schedule(ctx, deadlineNanos);
            }
        }
    }

    /**
     * The number of the unfinished frame, or the negative number of an unfinished TLS record between frames; 0 for
     * none.
     */
    private long unfinished() {
        if (progress != null && progress.midFrame()) {
            return progress.framesBegun();
        }
        return records == null ? 0 : -records.unfinished();
    }

    /** Cancels the timer, which would otherwise keep the decoder's bytes in memory until the deadline. */
    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
        progress = null;
    }

    private void schedule(ChannelHandlerContext ctx, long nanos) {
        timer = ctx.executor().schedule(() -> expired(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    private void expired(ChannelHandlerContext ctx) {
        timer = null;
        if (unfinished() == 0) {
            // The first read of the next frame schedules the timer again.
            begun = 0;
            return;
        }
        long left = deadlineNanos - (System.nanoTime() - beganAt) + (gate.pausedNanos() - pausedBefore);
        String limit = " not complete in " + Duration.ofNanos(deadlineNanos).toMillis() + " ms";
        if (left > 0) {
            schedule(ctx, left);
        } else if (unfinished() > 0) {
            gate.giveUp(RejectReason.DEADLINE_EXCEEDED, "packet" + limit);
        } else {
            ctx.fireExceptionCaught(new DecoderException("TLS record" + limit));
        }
    }
}
