package io.framegate.intake;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.memory.Holder;
import io.framegate.intake.memory.Holding;
import io.framegate.intake.memory.MemoryBudget;
import io.framegate.wire.Answer;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the gateway reads from one connection. It stops while the {@link PacketWindow} is full, while the memory
 * budget does not admit the connection, and while the peer does not read its answers, so that TCP slows the camera
 * down. camel-netty itself queues without bound: images of 200 KB into a route of 200 ms filled a heap of 256 MB in 3
 * s.
 *
 * <p>The gate releases everything that it charges to the memory budget: a packet when the routes are done with it,
 * everything else when the channel's close future completes. Close events may not reach this handler, because an
 * exception in another handler suppresses them.
 *
 * <p>One for each channel. Used on its event loop, except {@link #done} and the methods of {@link Holder}.
 */
final class FrameGate extends ChannelInboundHandlerAdapter implements Holder {

    private final InFlight inFlight;
    private final int size;
    private final MemoryBudget memory;
    private final PauseClock pause;
    private @Nullable ChannelHandlerContext context;
    private @Nullable PacketWindow window;
    private @Nullable FrameProgress progress;
    private boolean reads = true;
    private boolean closing;
    private boolean leaving;
    private boolean left;

    /**
     * Creates a gate.
     *
     * @param size the number of packets of the connection in the routes
     */
    FrameGate(InFlight inFlight, int size) {
        this.inFlight = inFlight;
        this.size = size;
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
            if (received instanceof RejectedPacket rejected) {
                Peer peer = ctx.channel().attr(Peer.KEY).get();
                boolean tooOften = peer != null && peer.isRejectedTooOften(rejected.reason());
                closing = rejected.closing() || tooOften;
            }
            window(ctx).add(received);
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
        // Before the next event, with which the decoders pass on their last packets.
        window(ctx).peerLeft();
        memory.close(window(ctx).account());
        inFlight.closed(this);
    }

    /** The routes are done with a packet. Any thread. */
    void done(Received received, Answer answer) {
        PacketWindow opened = window;
        if (opened == null) {
            throw new IllegalStateException("not dispatched");
        }
        opened.done(received, answer);
    }

    @Override
    public void wake() {
        execute(ctx -> {
            window(ctx).dispatch();
            update(ctx);
        });
    }

    @Override
    public void evict(String why) {
        execute(ctx -> {
            if (!memory.isEvicted(window(ctx).account())) {
                // The peer completed its packet meanwhile.
                return;
            }
            if (progress != null && progress.midFrame()) {
                giveUp(RejectReason.OVERLOADED, why);
            } else if (!ctx.channel().isWritable()) {
                ctx.close();
            }
        });
    }

    @Override
    public long waitedNanos() {
        return pause.lasts();
    }

    /** Later, because the caller holds the lock of the memory, and {@link #left} needs the lock of {@link InFlight}. */
    @Override
    public void giveWay() {
        execute(ChannelHandlerContext::close);
    }

    void execute(Consumer<ChannelHandlerContext> task) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            try {
                ctx.executor().execute(() -> task.accept(ctx));
            } catch (RejectedExecutionException e) {
                // The event loop and the connection have ended.
                return;
            }
        }
    }

    /** Rejects an unfinished frame, and closes the connection after the answer. */
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

    /** Closes the connection as soon as no frame is unfinished and the routes are done with all its packets. */
    void leave() {
        execute(ctx -> {
            leaving = true;
            closeWhenDone();
        });
    }

    /** Closes a connection that was given up, or that must end between two packets, when its packets are done. */
    void closeWhenDone() {
        boolean ends = closing || (leaving && (progress == null || !progress.midFrame()));
        if (ends && context != null && (window == null || window.isDone())) {
            context.close();
        }
    }

    /** The total time in which the gateway did not read for its own reasons, in nanoseconds. */
    long pausedNanos() {
        return pause.nanos();
    }

    private PacketWindow window(ChannelHandlerContext ctx) {
        PacketWindow opened = window;
        if (opened == null) {
            Peer peer = ctx.channel().attr(Peer.KEY).get();
            Holding account = memory.open(this, peer == null ? null : peer.memory());
            opened = new PacketWindow(this, ctx, inFlight, account, peer == null ? null : peer.turns(), size);
            window = opened;
        }
        return opened;
    }

    /** Charges the bytes that the connection holds now, and starts or stops reading. */
    void update(ChannelHandlerContext ctx) {
        PacketWindow packets = window(ctx);
        boolean writable = ctx.channel().isWritable();
        charge(ctx, packets.account(), !writable && !left);
        InFlight.Reading reading = InFlight.Reading.PAUSED;
        boolean answersFull = progress != null && progress.isFull();
        if (!left && writable && !answersFull && !closing && packets.isOpen()) {
            reading = inFlight.mayRead(this, packets.account());
        } else {
            memory.rest(packets.account());
        }
        // A peer that does not read its answers must not fill the memory with them. Its deadlines go on meanwhile.
        if (reading == InFlight.Reading.YES || !writable) {
            pause.run();
        } else {
            pause.pause(reading == InFlight.Reading.NO_MEMORY);
        }
        setReads(ctx, reading == InFlight.Reading.YES);
    }

    private void charge(ChannelHandlerContext ctx, Holding account, boolean blocking) {
        ChannelOutboundBuffer answers = ctx.channel().unsafe().outboundBuffer();
        long bytes = answers == null ? 0 : answers.totalPendingWriteBytes();
        long frame = 0;
        if (progress != null) {
            bytes += progress.heldBytes();
            frame = progress.midFrame() ? Math.max(1, progress.framesBegun()) : 0;
        }
        memory.setPartial(account, bytes, frame, blocking);
    }

    private void setReads(ChannelHandlerContext ctx, boolean now) {
        boolean resumes = now && !reads;
        reads = now;
        ctx.channel().config().setAutoRead(now);
        if (resumes && progress != null) {
            // Last, because the decoded packets come back to this handler.
            progress.resume();
        }
    }
}
