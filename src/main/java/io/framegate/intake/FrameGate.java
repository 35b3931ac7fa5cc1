package io.framegate.intake;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Answer;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Limits the packets of one connection in the routes. While the limit is reached, it stops reading from the socket, so
 * that TCP slows the camera down. camel-netty itself queues without bound: 200 KB images into a 200 ms route ran out of
 * 256 MB in 3 s.
 *
 * <p>Packets enter the routes in their order. When the routes are done with one, the gate writes its answer and
 * dispatches the next. Whole packets still enter the routes after the peer has left.
 *
 * <p>One for each channel. Used on its event loop, except {@link #done} and {@link #wake}.
 */
final class FrameGate extends ChannelInboundHandlerAdapter {

    private final InFlight inFlight;
    private final int window;
    private final Queue<Received> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameProgress progress;
    private int dispatched;
    private long queuedBytes;
    private long heldBytes;
    private boolean closing;
    private boolean inactive;
    private long pausedSince;
    private long pausedNanos;

    FrameGate(InFlight inFlight, int window) {
        this.inFlight = inFlight;
        this.window = window;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof FrameProgress decoder) {
            progress = decoder;
        } else if (event instanceof ChannelInputShutdownEvent) {
            // The peer sends no more bytes, but may still wait for answers.
            if (progress != null) {
                progress.giveUp(RejectReason.INCOMPLETE, "connection closed");
            }
            closeWhenDone();
        }
        ctx.fireUserEventTriggered(event);
    }

    /** Stops reading at once if the connection was accepted during a pause. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        update(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof Received received && !closing) {
            waiting.add(received);
            queuedBytes += size(received);
            closing = received instanceof RejectedPacket rejected && rejected.closing();
            dispatch(ctx);
            if (!waiting.isEmpty() || dispatched >= window) {
                // At once, so that the decoder stops after this packet.
                ctx.channel().config().setAutoRead(false);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        update(ctx);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        update(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
        dispatch(ctx);
        update(ctx);
        inFlight.closed(this);
        ctx.fireChannelInactive();
    }

    /** The routes are done with a packet. Any thread. */
    void done(Received received, Answer answer) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || ctx.executor().isShuttingDown()) {
            inFlight.done();
            return;
        }
        ctx.executor().execute(() -> {
            dispatched--;
            queuedBytes -= size(received);
            if (ctx.channel().isActive()) {
                ctx.writeAndFlush(answer);
            }
            dispatch(ctx);
            update(ctx);
            // After the dispatch: a stop must not find the routes idle while packets of this connection wait.
            inFlight.done();
            if (closing && waiting.isEmpty() && dispatched == 0) {
                ctx.close();
            }
        });
    }

    /** Tries to dispatch and to read again. Any thread. */
    void wake() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.executor().execute(() -> {
                dispatch(ctx);
                update(ctx);
            });
        }
    }

    /** Closes the connection when the routes are done with all received packets. */
    void closeWhenDone() {
        closing = true;
        if (context != null && waiting.isEmpty() && dispatched == 0) {
            context.close();
        }
    }

    /** The total time in which the gateway did not read from this connection, in nanoseconds. */
    long pausedNanos() {
        return pausedNanos + (pausedSince == 0 ? 0 : System.nanoTime() - pausedSince);
    }

    boolean isPaused() {
        return pausedSince != 0;
    }

    private void dispatch(ChannelHandlerContext ctx) {
        while (!waiting.isEmpty() && mayDispatch()) {
            dispatched++;
            ctx.fireChannelRead(waiting.remove());
        }
    }

    private boolean mayDispatch() {
        if (inactive) {
            // After the peer has left, all packets enter at once, because Netty removes the handlers after this event.
            inFlight.dispatchClosed();
            return true;
        }
        return dispatched < window && inFlight.tryDispatch(this);
    }

    private void update(ChannelHandlerContext ctx) {
        boolean midFrame = progress != null && progress.midFrame();
        long held = queuedBytes + (progress == null || inactive ? 0 : progress.heldBytes());
        if (held != heldBytes) {
            inFlight.held(held - heldBytes);
            heldBytes = held;
        }
        if (!midFrame) {
            inFlight.frameEnded(this);
        }
        // A peer that does not read its answers must not fill the memory with them.
        boolean reading = !closing
                && ctx.channel().isWritable()
                && waiting.isEmpty()
                && dispatched < window
                && (progress == null || !progress.isFull())
                && inFlight.mayRead(this, midFrame);
        if (reading && pausedSince != 0) {
            pausedNanos += System.nanoTime() - pausedSince;
            pausedSince = 0;
        } else if (!reading && pausedSince == 0) {
            pausedSince = System.nanoTime();
        }
        ctx.channel().config().setAutoRead(reading);
        if (reading && progress != null) {
            progress.resume();
        }
    }

    private static long size(Received received) {
        if (received instanceof Packet packet) {
            long size = packet.document().length;
            for (PacketImage image : packet.images()) {
                size += image.bytes().length;
            }
            return size;
        }
        return received instanceof RejectedPacket rejected ? rejected.content().length : 0;
    }
}
