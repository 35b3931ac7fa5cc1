package io.framegate.tool.send;

import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to a receiver, with one frame on its way at a time. For one thread. */
final class FrameConnection {

    private static final int MAX_ANSWER = 64 * 1024;
    private static final int CLOSED = -1;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A receiver that takes nothing for so long is as good as gone. */
    private static final Duration WRITE = Duration.ofSeconds(60);
    /** The gateway answers when it has stored, and tries that several times. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final FrameEncoding encoding;
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final Channel channel;

    FrameConnection(EventLoopGroup threads, Receiver receiver, FrameEncoding encoding) throws IOException {
        this.encoding = encoding;
        InetSocketAddress address = new InetSocketAddress(receiver.host(), receiver.port());
        if (address.isUnresolved()) {
            throw new ConnectException("unknown host: " + receiver.host());
        }
        ChannelFuture connected = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        if (encoding.isAnswered()) {
                            opened.pipeline().addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER));
                        }
                        opened.pipeline().addLast(new Answers());
                    }
                })
                .connect(address);
        channel = connected.channel();
        await(connected, CONNECT.multipliedBy(2), "connecting");
    }

    /** Whether the other end has not closed it. */
    boolean isOpen() {
        return channel.isActive();
    }

    /** Hands a frame to the operating system, as far as this machine can know. */
    void write(Frame frame) throws IOException {
        ByteBuf out = channel.alloc().buffer(frame.image().length + 1024);
        encoding.encode(frame, out);
        await(channel.writeAndFlush(out), WRITE, "writing");
    }

    /** The HTTP status that answers the frame written last. */
    int answer() throws IOException {
        try {
            Integer status = answers.poll(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (status == null) {
                throw new IOException("no answer in " + ANSWER.toSeconds() + " s");
            }
            if (status == CLOSED) {
                throw new IOException("connection closed without an answer");
            }
            return status;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Says that there are no more frames, where the format can, and closes. */
    void finish() {
        if (encoding == FrameEncoding.LE32 && isOpen()) {
            channel.writeAndFlush(channel.alloc().buffer(4).writeIntLE(0))
                    .addListener(ChannelFutureListener.CLOSE)
                    .awaitUninterruptibly(WRITE.toMillis());
        }
        close();
    }

    void close() {
        channel.close().awaitUninterruptibly();
    }

    private void await(ChannelFuture future, Duration atMost, String doing) throws IOException {
        try {
            if (!future.await(atMost.toMillis())) {
                close();
                throw new IOException(doing + ": nothing happened for " + atMost.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            close();
            throw interrupted();
        }
        Throwable failure = future.cause();
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure != null) {
            throw new IOException(failure.toString(), failure);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("stopped");
    }

    /** Hands answers over; a connection that fails is closed, which who waits for it sees. */
    private final class Answers extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpResponse response) {
                answers.add(
                        response.decoderResult().isSuccess() ? response.status().code() : CLOSED);
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answers.add(CLOSED);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
            context.close();
        }
    }
}
