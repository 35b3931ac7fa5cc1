package io.framegate.tool.replay;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Sends recordings as they are, each on a connection of its own, and then no more on it: a gateway that has dealt with all of
 * it closes the connection. Files are not held in memory. For one thread.
 */
final class Recordings implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_ANSWER = 64 << 10;

    /** Nothing sent, taken or said for so long: the gateway is as good as gone. */
    private static final int IDLE_SECONDS = 60;

    private final URI gateway;
    private final EventLoopGroup threads = new NioEventLoopGroup(1);

    Recordings(URI gateway) {
        this.gateway = gateway;
    }

    /** Sends this one; what is answered says what became of it, in formats that have answers. */
    Outcome send(Path recording, boolean answered) throws IOException {
        long length = Files.size(recording);
        Answers answers = new Answers();
        Channel channel = connect(answers, answered);
        ChannelFuture written = channel.writeAndFlush(new DefaultFileRegion(recording.toFile(), 0, length))
                .addListener(end -> {
                    if (end.isSuccess()) {
                        ((SocketChannel) channel).shutdownOutput();
                    } else {
                        channel.close();
                    }
                });
        channel.closeFuture().awaitUninterruptibly();
        boolean whole = written.isSuccess() && answers.failure == null;
        return answered ? outcome(answers, whole) : outcome(answers.failure, whole, length);
    }

    private Channel connect(Answers answers, boolean answered) throws IOException {
        InetSocketAddress address = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        if (address.isUnresolved()) {
            throw new GatewayAwayException(gateway, new UnknownHostException("unknown host"));
        }
        ChannelFuture connected = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline().addLast(new IdleStateHandler(true, 0, 0, IDLE_SECONDS, SECONDS));
                        if (answered) {
                            opened.pipeline().addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER));
                        }
                        opened.pipeline().addLast(answers);
                    }
                })
                .connect(address)
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new GatewayAwayException(gateway, connected.cause());
        }
        return connected.channel();
    }

    private static Outcome outcome(@Nullable String failure, boolean whole, long length) {
        return whole
                ? Outcome.sent("bytes=" + length)
                : Outcome.refused("connection closed before all was taken" + (failure == null ? "" : ", " + failure));
    }

    private static Outcome outcome(Answers answers, boolean whole) {
        String counts = "answers=" + (answers.accepted + answers.refused) + " refused=" + answers.refused;
        Outcome worst = answers.worst;
        if (worst != null) {
            Outcome outcome = Outcome.refused(counts + ", " + worst.detail());
            return worst.ends() ? outcome.andNoMore() : outcome;
        }
        if (!whole || answers.accepted == 0) {
            String failure = answers.failure == null ? "connection closed" : answers.failure;
            return Outcome.unanswered(counts + ", " + failure);
        }
        return Outcome.accepted(counts);
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 1, SECONDS).awaitUninterruptibly();
    }

    /** Counts what the gateway says; read when the channel is closed. */
    private static final class Answers extends ChannelInboundHandlerAdapter {
        private int accepted;
        private int refused;
        private @Nullable Outcome worst;
        private @Nullable String failure;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (message instanceof FullHttpResponse answer) {
                    count(answer);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void count(FullHttpResponse answer) {
            if (answer.decoderResult().isFailure()) {
                failure = "answer: not HTTP (expected: a gateway)";
            } else if (answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
                String body = answer.content().toString(StandardCharsets.UTF_8);
                Outcome outcome = Outcome.answered(answer.status().code(), body);
                if (outcome.kind() == Outcome.Kind.ACCEPTED) {
                    accepted++;
                } else {
                    refused++;
                    worst = worst == null || outcome.ends() ? outcome : worst;
                }
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof IdleStateEvent) {
                failure = "nothing happened for " + IDLE_SECONDS + " s";
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, @Nullable Throwable cause) {
            failure = cause == null ? "connection broken" : String.valueOf(cause.getMessage());
            ctx.close();
        }
    }
}
