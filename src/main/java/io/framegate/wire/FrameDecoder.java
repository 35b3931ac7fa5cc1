package io.framegate.wire;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
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
 * <p>A cutter reads each byte once, so this decoder accumulates nothing while the channel has auto-read on. When the
 * handler of a frame turns auto-read off, the remaining bytes wait for {@link #resume()}. One instance per channel.
 */
public final class FrameDecoder extends ByteToMessageDecoder implements FrameProgress {

    /** After this idle time, a frame is whole without its optional last part. */
    private static final long IDLE_MILLIS = 1000;

    /** After the peer has disconnected, at most this number of packets is decoded from the waiting bytes. */
    private static final int MAX_LAST = 64;

    private final List<Received> cut = new ArrayList<>();
    private final FrameCutter cutter;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;
    private boolean reading;

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
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        reading = true;
        try {
            super.channelRead(ctx, msg);
        } finally {
            reading = false;
        }
    }

    /** Netty would read again after a read without a message, even with auto-read off. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    /** Does nothing inside a read, because the loop of that read decodes the next frame. */
    @Override
    public void resume() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !reading && actualReadableBytes() > 0) {
            try {
                channelRead(ctx, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                ctx.fireExceptionCaught(e);
            }
            channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (ctx.channel().config().isAutoRead()) {
            cutFrame(in, out);
            scheduleIdle(ctx);
        }
    }

    /** A step may end a frame without reading a byte, but Netty expects that each message reads at least one. */
    private void cutFrame(ByteBuf in, List<Object> out) {
        ScratchBuffer.readUntilStopped(in, (bytes, from, to) -> {
            int at = from;
            while (at < to && (cut.isEmpty() || at == from)) {
                at = cutter.cut(bytes, at, to);
            }
            return at;
        });
        handOn(out);
    }

    private void scheduleIdle(ChannelHandlerContext ctx) {
        if (cutter.isWholeIfIdle() && timer == null) {
            long begun = cutter.begun();
            timer = ctx.executor().schedule(() -> idle(ctx, begun), IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void idle(ChannelHandlerContext ctx, long begun) {
        timer = null;
        boolean idle = ctx.channel().config().isAutoRead();
        if (idle && cutter.isWholeIfIdle() && cutter.begun() == begun) {
            cutter.idle();
            fireAll();
            ctx.fireChannelReadComplete();
        }
        scheduleIdle(ctx);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (timer != null) {
            timer.cancel(false);
        }
        while (in.isReadable() && out.size() < MAX_LAST) {
            cutFrame(in, out);
        }
        cutter.giveUp(RejectReason.INCOMPLETE, "connection closed");
        handOn(out);
        if (in.isReadable()) {
            out.add(notDecoded((Received) out.get(out.size() - 1), in));
        }
    }

    private static RejectedPacket notDecoded(Received before, ByteBuf rest) {
        byte[] content = ByteBufUtil.getBytes(rest);
        rest.skipBytes(content.length);
        String detail =
                "connection closed with more than " + MAX_LAST + " packets waiting (expected: <= " + MAX_LAST + ")";
        return new RejectedPacket(before.format(), RejectReason.INCOMPLETE, detail, content, content.length, false);
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

    /** Empties the list first: a handler may close the connection, and closing passes on the rest of the list. */
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
        int waiting = actualReadableBytes() > 0 ? internalBuffer().capacity() : 0;
        return cutter.heldBytes() + waiting;
    }
}
