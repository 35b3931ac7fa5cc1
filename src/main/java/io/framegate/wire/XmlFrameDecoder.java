package io.framegate.wire;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bare XML packets, one behind the other on a connection. What it cuts and how is in {@link XmlPacketCutter}.
 *
 * <p>It never needs bytes twice, so nothing accumulates before it. One for each channel.
 */
public final class XmlFrameDecoder extends ByteToMessageDecoder implements FrameProgress {

    /** The format's name in headers, logs and metrics. */
    public static final String FORMAT = "xml";

    private final List<Received> cut = new ArrayList<>();
    private final XmlPacketCutter cutter;
    private @Nullable ChannelHandlerContext context;

    /** A decoder with these limits. */
    public XmlFrameDecoder(XmlLimits limits) {
        this.cutter = new XmlPacketCutter(FORMAT, limits, cut::add);
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
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        decode(ctx, in, out);
        cutter.giveUp(RejectReason.INCOMPLETE, "connection closed");
        handOn(out);
    }

    private void handOn(List<Object> out) {
        out.addAll(cut);
        cut.clear();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        cutter.giveUp(reason, why);
        // Whoever takes them may close the connection, which hands on what is in the list.
        List<Object> all = new ArrayList<>();
        handOn(all);
        if (context != null) {
            all.forEach(context::fireChannelRead);
        }
    }

    @Override
    public boolean midFrame() {
        return cutter.midPacket();
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
