package io.framegate.wire;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of a connection with the {@link FrameCutter} of its format.
 *
 * <p>A cutter reads each byte once, so this decoder accumulates nothing. One for each channel.
 */
public final class FrameDecoder extends ByteToMessageDecoder implements FrameProgress {

    /** After this idle time, a frame is whole without its optional last part. */
    private static final long IDLE_MILLIS = 1000;

    private final List<Received> cut = new ArrayList<>();
    private final FrameCutter cutter;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;

    /** Creates the cutter with the consumer of its packets and rejects. */
    public FrameDecoder(Function<Consumer<Received>, FrameCutter> cutter) {
        this.cutter = cutter.apply(cut::add);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.fireUserEventTriggered(this);
    }

    /** Fires this decoder again, for handlers that were added after it. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        ctx.fireUserEventTriggered(this);
        super.channelActive(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ScratchBuffer.read(in, cutter::cut);
        handOn(out);
        scheduleIdle(ctx);
    }

    private void scheduleIdle(ChannelHandlerContext ctx) {
        if (cutter.isWholeIfIdle() && timer == null) {
            long begun = cutter.begun();
            timer = ctx.executor().schedule(() -> idle(ctx, begun), IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void idle(ChannelHandlerContext ctx, long begun) {
        timer = null;
        if (cutter.isWholeIfIdle() && cutter.begun() == begun) {
            cutter.idle();
            fireAll();
            ctx.fireChannelReadComplete();
        }
        scheduleIdle(ctx);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        decode(ctx, in, out);
        cutter.giveUp(RejectReason.INCOMPLETE, "connection closed");
        handOn(out);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void handOn(List<Object> out) {
        out.addAll(cut);
        cut.clear();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        cutter.giveUp(reason, why);
        fireAll();
    }

    /** Empties the list first: a handler may close the connection, which passes on what is still in the list. */
    private void fireAll() {
        List<Object> all = new ArrayList<>();
        handOn(all);
        if (context != null) {
            all.forEach(context::fireChannelRead);
        }
    }

    @Override
    public boolean midFrame() {
        return cutter.midFrame();
    }

    @Override
    public long framesBegun() {
        return cutter.begun();
    }

    @Override
    public int heldBytes() {
        return cutter.heldBytes();
    }
}
