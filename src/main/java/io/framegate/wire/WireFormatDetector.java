package io.framegate.wire;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the format of a connection by its first bytes, replaces itself with the handlers of the format, and passes
 * the bytes to them.
 *
 * <p>Bytes of an unknown format go to the fallback, which finds the first packet after them: after a lost connection, a
 * camera may begin in the middle of a packet. At most a few hundred bytes wait for a decision. One instance per
 * channel.
 */
public final class WireFormatDetector extends ByteToMessageDecoder implements FrameProgress {

    private static final String FORMAT = "unknown";

    private final List<WireFormat> formats;
    private final WireFormat fallback;
    private @Nullable ChannelHandlerContext context;

    /**
     * Creates a detector. A format is asked only when all formats before it have answered {@link WireFormat.Match#NO}.
     */
    public WireFormatDetector(List<WireFormat> formats, WireFormat fallback) {
        this.formats = List.copyOf(formats);
        this.fallback = fallback;
    }

    /** Fires this decoder for handlers that were added after it. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        ctx.fireUserEventTriggered(this);
        super.channelActive(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        for (WireFormat format : formats) {
            WireFormat.Match match = format.match(in);
            if (match == WireFormat.Match.MORE) {
                return;
            }
            if (match == WireFormat.Match.YES) {
                install(format, ctx);
                return;
            }
        }
        install(fallback, ctx);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            install(fallback, ctx);
        }
    }

    private void install(WireFormat format, ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        String last = ctx.name();
        for (ChannelHandler handler : format.newHandlers()) {
            String name = last + "-" + handler.getClass().getSimpleName();
            pipeline.addAfter(last, name, handler);
            last = name;
        }
        pipeline.remove(this);
    }

    /** Padding does not begin a packet. */
    @Override
    public boolean midFrame() {
        ByteBuf in = internalBuffer();
        return in.forEachByte(Padding::isBetweenPackets) >= 0;
    }

    @Override
    public long framesBegun() {
        return midFrame() ? 1 : 0;
    }

    @Override
    public int heldBytes() {
        return internalBuffer().capacity();
    }

    /** Nothing waits: the first bytes are examined when they arrive. */
    @Override
    public void resume() {}

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (context != null && midFrame()) {
            byte[] content = ByteBufUtil.getBytes(internalBuffer());
            internalBuffer().skipBytes(content.length);
            String detail = why + " (expected: more first bytes, to tell the format)";
            context.fireChannelRead(new RejectedPacket(FORMAT, reason, detail, content, content.length, false));
        }
    }
}
