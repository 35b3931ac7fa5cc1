package io.framegate.intake;

import io.framegate.event.RejectReason;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose packet is not complete in time, counted from the packet's first byte. Netty's read timeouts
 * restart with every byte, so a peer that sends a byte now and then would hold its memory forever. Time in which the
 * gateway did not read for its own reasons does not count; {@link PauseClock} has them.
 *
 * <p>One for each channel. Used on its event loop.
 */
final class FrameDeadline extends ChannelInboundHandlerAdapter {

    private final FrameGate gate;
    private final long deadlineNanos;
    private @Nullable FrameProgress progress;
    private @Nullable Future<?> timer;
    private long frame;
    private long frameBegan;
    private long pausedBefore;

    FrameDeadline(FrameGate gate, Duration deadline) {
        this.gate = gate;
        this.deadlineNanos = deadline.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        // An exception in another handler would keep the event of the close from this one.
        ctx.channel().closeFuture().addListener(closed -> cancel());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof FrameProgress decoder) {
            progress = decoder;
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (progress != null && progress.midFrame() && progress.framesBegun() != frame) {
            frame = progress.framesBegun();
            frameBegan = System.nanoTime();
            pausedBefore = gate.pausedNanos();
            if (timer == null && ctx.channel().isOpen()) {
                schedule(ctx, deadlineNanos);
            }
        }
        ctx.fireChannelReadComplete();
    }

    /** Otherwise the timer would keep what the decoder holds for the rest of the time. */
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
        FrameProgress decoder = progress;
        if (decoder == null || !decoder.midFrame()) {
            // The first read of the next frame schedules the timer again.
            frame = 0;
            return;
        }
        long left = deadlineNanos - (System.nanoTime() - frameBegan) + (gate.pausedNanos() - pausedBefore);
        if (left > 0) {
            schedule(ctx, left);
        } else {
            String limit = Duration.ofNanos(deadlineNanos).toMillis() + " ms";
            gate.giveUp(RejectReason.DEADLINE_EXCEEDED, "packet not complete in " + limit);
        }
    }
}
