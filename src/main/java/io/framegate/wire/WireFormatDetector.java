package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Decides by a connection's first bytes which format it speaks, puts that format's handlers in its own place and hands
 * them the bytes.
 *
 * <p>Bytes of no known format go to the fallback, which can find the first packet behind them: a camera that was cut off
 * and came back is worth more than an early close. At most a few hundred bytes wait for a decision. One for each channel.
 */
public final class WireFormatDetector extends ByteToMessageDecoder {

    private final List<WireFormat> formats;
    private final WireFormat fallback;

    /** A detector that asks these formats in their order. */
    public WireFormatDetector(List<WireFormat> formats, WireFormat fallback) {
        this.formats = List.copyOf(formats);
        this.fallback = fallback;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        boolean undecided = false;
        for (WireFormat format : formats) {
            switch (format.match(in)) {
                case YES -> {
                    become(format, ctx);
                    return;
                }
                case MORE -> undecided = true;
                case NO -> {}
            }
        }
        if (!undecided) {
            become(fallback, ctx);
        }
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
}
