package io.framegate.tool.simulate;

import io.framegate.wire.FrameEncoding;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a camera's connections have in common: they tell the camera of answers and of their end. On its event loop. */
@Sharable
final class CameraConnection extends ChannelInitializer<Channel> {

    private static final int MAX_ANSWER = 256 << 10;

    private final SimulatedCamera camera;
    private final FrameEncoding format;

    CameraConnection(SimulatedCamera camera, FrameEncoding format) {
        this.camera = camera;
        this.format = format;
    }

    /** Writes a packet the way the fault wants it. */
    static ChannelFuture write(Channel channel, byte[] bytes, @Nullable Fault fault, Random random) {
        if (fault == Fault.SPLIT) {
            return PieceWriter.split(channel, bytes, random);
        }
        return fault == Fault.SLOW
                ? PieceWriter.slowly(channel, bytes, random)
                : channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    protected void initChannel(Channel channel) {
        if (format.isAnswered()) {
            channel.pipeline().addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER));
        }
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                camera.connected(ctx.channel());
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                try {
                    if (message instanceof FullHttpResponse answer) {
                        camera.answered(answer.status().code());
                    }
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                camera.disconnected(ctx.channel());
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                // A reset by the gateway: the camera hears of it as of any other end.
                ctx.close();
            }
        });
    }
}
