package io.framegate.intake;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Answer;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits the packets of one connection in the routes. While the limit is reached, it stops reading from the socket, so
 * that TCP slows the camera down. camel-netty itself queues without bound: 200 KB images into a 200 ms route ran out of
 * 256 MB in 3 s.
 *
 * <p>Packets enter the routes in their order. When the routes are done with one, the gate writes its answer and
 * dispatches the next. Whole packets still enter the routes after the peer has left.
 *
 * <p>All that is charged to the memory budget is given back: a packet when the routes are done with it, all else when
 * the channel's close future completes, because an exception in another handler keeps later events from this one.
 *
 * <p>One for each channel. Used on its event loop, except {@link #done}, {@link #wake} and {@link #evict}.
 */
final class FrameGate extends ChannelInboundHandlerAdapter {

    private static final Answer NOT_ROUTED = new Answer(RejectReason.NOT_STORED, "not stored, send again");

    private final InFlight inFlight;
    private final int window;
    private final MemoryBudget memory;
    private final PauseClock pause;
    private final Queue<Received> waiting = new ArrayDeque<>(2);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Holding account;
    private @Nullable Peer peer;
    private @Nullable FrameProgress progress;
    private int dispatched;
    private boolean rejects;
    private boolean reads = true;
    private boolean closing;
    private boolean left;

    FrameGate(InFlight inFlight, int window) {
        this.inFlight = inFlight;
        this.window = window;
        memory = inFlight.memory();
        pause = new PauseClock(memory);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().closeFuture().addListener(closed -> left(ctx));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof FrameProgress decoder) {
            progress = left ? null : decoder;
        } else if (event instanceof ChannelInputShutdownEvent) {
            // The peer sends no more bytes, but may still wait for answers.
            giveUp(RejectReason.INCOMPLETE, "connection closed");
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
        if (msg instanceof Received received && !closing && !ctx.isRemoved()) {
            memory.addWhole(account(ctx), Holding.cost(received));
            waiting.add(received);
            if (received instanceof RejectedPacket rejected) {
                boolean tooOften = peer != null && peer.isRejectedTooOften(rejected.reason());
                closing = rejected.closing() || tooOften;
            }
            dispatch(ctx);
            // At once, so that the decoder stops when the window is full.
            update(ctx);
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

    private void left(ChannelHandlerContext ctx) {
        left = true;
        progress = null;
        // Before the last packets of the decoders, which come with the next event.
        dispatch(ctx);
        memory.close(account(ctx));
        inFlight.closed(this);
    }

    /** The routes are done with a packet. Any thread. */
    void done(Received received, Answer answer) {
        ChannelHandlerContext ctx = context;
        Holding charged = account;
        if (ctx == null || charged == null) {
            throw new IllegalStateException("not dispatched");
        }
        memory.addWhole(charged, -Holding.cost(received));
        if (answer.reason() == null) {
            memory.prove(charged);
        }
        if (received instanceof RejectedPacket rejected) {
            inFlight.rejects().leave(rejected);
        }
        try {
            ctx.executor().execute(() -> answer(ctx, answer));
        } catch (RejectedExecutionException e) {
            // The event loop has ended, so nobody waits for the answer.
            inFlight.done();
        }
    }

    private void answer(ChannelHandlerContext ctx, Answer answer) {
        dispatched--;
        if (ctx.channel().isActive()) {
            ctx.writeAndFlush(answer);
        }
        dispatch(ctx);
        update(ctx);
        // After the dispatch: a stop must not find the routes idle while packets of this connection wait.
        inFlight.done();
        if (closing) {
            closeWhenDone();
        }
    }

    /** Tries to dispatch and to read again. Any thread. */
    void wake() {
        execute(ctx -> {
            dispatch(ctx);
            update(ctx);
        });
    }

    /** Rejects the unfinished packet, or closes a connection that does not read its answers. Any thread. */
    void evict(String why) {
        execute(ctx -> {
            if (progress != null && progress.midFrame()) {
                giveUp(RejectReason.OVERLOADED, why);
            } else if (!ctx.channel().isWritable()) {
                ctx.close();
            }
        });
    }

    private void execute(Consumer<ChannelHandlerContext> task) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            try {
                ctx.executor().execute(() -> task.accept(ctx));
            } catch (RejectedExecutionException e) {
                // The event loop has ended, and with it the connection.
                return;
            }
        }
    }

    /** Rejects a frame that has begun and not ended, and closes the connection when that is answered. */
    void giveUp(RejectReason reason, String why) {
        if (progress != null) {
            progress.giveUp(reason, why);
        }
        closing = true;
        if (context != null) {
            update(context);
            closeWhenDone();
        }
    }

    /** Closes the connection when the routes are done with all received packets. */
    private void closeWhenDone() {
        if (context != null && waiting.isEmpty() && dispatched == 0) {
            context.close();
        }
    }

    /** The total time in which the gateway did not read for its own reasons, in nanoseconds. */
    long pausedNanos() {
        return pause.nanos();
    }

    boolean isPaused() {
        return pause.isPaused();
    }

    private void dispatch(ChannelHandlerContext ctx) {
        while (!waiting.isEmpty() && mayDispatch()) {
            Received next = waiting.remove();
            dispatched++;
            rejects = next instanceof RejectedPacket;
            try {
                if (next instanceof RejectedPacket rejected
                        && !inFlight.rejects().tryEnter(ctx.channel(), rejected)) {
                    drop(ctx, rejected);
                } else {
                    ctx.fireChannelRead(next);
                }
            } catch (RejectedExecutionException e) {
                // The threads of the routes have ended.
                done(next, NOT_ROUTED);
            }
        }
    }

    /** Answers a reject that is not kept. */
    private void drop(ChannelHandlerContext ctx, RejectedPacket rejected) {
        dispatched--;
        memory.addWhole(account(ctx), -Holding.cost(rejected));
        inFlight.done();
        if (ctx.channel().isActive()) {
            ctx.writeAndFlush(new Answer(rejected.reason(), rejected.detail()));
        }
        if (closing) {
            // Later, because the caller goes on with this connection.
            execute(later -> closeWhenDone());
        }
    }

    private boolean mayDispatch() {
        if (left) {
            // After the peer has left, all packets enter at once, because Netty removes the handlers soon.
            inFlight.dispatchClosed();
            return true;
        }
        // Another thread routes rejects, so one is alone in the routes, and the answers keep their order.
        boolean alone = rejects || waiting.peek() instanceof RejectedPacket;
        return dispatched < (alone ? 1 : window) && inFlight.tryDispatch(this);
    }

    private Holding account(ChannelHandlerContext ctx) {
        Holding opened = account;
        if (opened == null) {
            peer = ctx.channel().attr(Peer.KEY).get();
            opened = memory.open(this, peer == null ? null : peer.memory());
            account = opened;
        }
        return opened;
    }

    private void update(ChannelHandlerContext ctx) {
        Holding charged = account(ctx);
        boolean midFrame = progress != null && progress.midFrame();
        boolean writable = ctx.channel().isWritable();
        long held = (progress == null ? 0 : progress.heldBytes()) + unwritten(ctx);
        memory.setPartial(
                charged,
                held,
                midFrame && progress != null ? Math.max(1, progress.framesBegun()) : 0,
                !writable && !left);
        InFlight.Reading reading = InFlight.Reading.PAUSED;
        boolean answersFull = progress != null && progress.isFull();
        if (!left && writable && !answersFull && !closing && waiting.isEmpty() && dispatched < window) {
            reading = inFlight.mayRead(this, charged);
        } else {
            memory.rest(charged);
        }
        // A peer that does not read its answers must not fill the memory with them, and gets no more time for it.
        if (reading == InFlight.Reading.YES || !writable) {
            pause.run();
        } else {
            pause.pause(reading == InFlight.Reading.NO_MEMORY);
        }
        setReads(ctx, reading == InFlight.Reading.YES);
    }

    private void setReads(ChannelHandlerContext ctx, boolean now) {
        boolean resumes = now && !reads;
        reads = now;
        ctx.channel().config().setAutoRead(now);
        if (resumes && progress != null) {
            // Last, because the packets that it decodes come back to this handler.
            progress.resume();
        }
    }

    private static long unwritten(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
