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
 * Decides by a connection's first bytes which format it speaks, puts that format's handlers in its own place and hands
 * them the bytes.
 *
 * <p>Bytes of no known format go to the fallback, which can find the first packet behind them: a camera that was cut off
 * and came back is worth more than an early close. At most a few hundred bytes wait for a decision. One for each channel.
 */
public final class WireFormatDetector extends ByteToMessageDecoder implements FrameProgress {

    private static final String FORMAT = "unknown";

    private final List<WireFormat> formats;
    private final WireFormat fallback;
    private @Nullable ChannelHandlerContext context;

    /** A detector that asks these formats in their order; one that needs more bytes keeps those behind it from being asked. */
    public WireFormatDetector(List<WireFormat> formats, WireFormat fallback) {
        this.formats = List.copyOf(formats);
        this.fallback = fallback;
    }

    /** Says so once more to handlers that were added behind this one. */
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
                become(format, ctx);
                return;
            }
        }
        become(fallback, ctx);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            become(fallback, ctx);
        }
    }

    private void become(WireFormat format, ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        String behind = ctx.name();
        for (ChannelHandler handler : format.newHandlers()) {
            String name = behind + "-" + handler.getClass().getSimpleName();
            pipeline.addAfter(behind, name, handler);
            behind = name;
        }
        pipeline.remove(this);
    }

    /** White space between packets is no beginning of one. */
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
        return actualReadableBytes();
    }

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
