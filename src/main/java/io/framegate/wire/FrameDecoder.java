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
 * Decodes the frames of a connection, one behind the other. What they are and how they are cut is its {@link FrameCutter}'s.
 *
 * <p>A cutter never needs bytes twice, so nothing accumulates before it. One for each channel.
 */
public final class FrameDecoder extends ByteToMessageDecoder implements FrameProgress {

    /** A frame that may have an end part is taken to have none if nothing comes for this long. */
    private static final long WHOLE_AFTER_MILLIS = 1000;

    private final List<Received> cut = new ArrayList<>();
    private final FrameCutter cutter;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;

    /** A decoder with the cutter that hands on to this consumer. */
    public FrameDecoder(Function<Consumer<Received>, FrameCutter> cutter) {
        this.cutter = cutter.apply(cut::add);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.fireUserEventTriggered(this);
    }

    /** Says so once more to handlers that were added behind this one. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        ctx.fireUserEventTriggered(this);
        super.channelActive(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        Scratch.read(in, cutter::cut);
        handOn(out);
        awaitNothing(ctx);
    }

    private void awaitNothing(ChannelHandlerContext ctx) {
        if (cutter.isWholeIfNothingFollows() && timer == null) {
            long begun = cutter.begun();
            timer = ctx.executor().schedule(() -> nothingCame(ctx, begun), WHOLE_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void nothingCame(ChannelHandlerContext ctx, long begun) {
        timer = null;
        if (cutter.isWholeIfNothingFollows() && cutter.begun() == begun) {
            cutter.nothingFollowed();
            fireAll();
            ctx.fireChannelReadComplete();
        }
        awaitNothing(ctx);
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

    /** Whoever takes them may close the connection, which hands on what is in the list. */
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
