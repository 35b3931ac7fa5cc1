package io.framegate.tool;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one gateway or receiver and reads the HTTP answers on them. Callers that wait use
 * {@link Connection}.
 *
 * <p>All connections share the event loops of the client. Thread-safe.
 */
public final class FrameClient implements AutoCloseable {

    /** The length of the pieces in which buffers and files are written. */
    public static final int PIECE = 64 << 10;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_ANSWER = 256 << 10;

    /** Receives the answers on one connection, and its end, on the event loop. */
    public interface Listener {

        /** The gateway has answered the oldest request without an answer. */
        void answered(HttpAnswer answer);

        /**
         * The connection is closed. No answers follow.
         *
         * @param cause null if one of the two ends closed it
         */
        void closed(Channel channel, @Nullable Throwable cause);
    }

    private final HostPort to;
    private final @Nullable SslContext tls;
    private final int connectMillis;
    private final EventLoopGroup loops;
    private final Bootstrap bootstrap =
            new Bootstrap().channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);

    /**
     * Creates a client with this number of threads. It does not connect yet.
     *
     * @param tls null for plain TCP
     */
    public FrameClient(HostPort to, int threads, @Nullable SslContext tls) {
        this(to, threads, tls, CONNECT_MILLIS);
    }

    FrameClient(HostPort to, int threads, @Nullable SslContext tls, int connectMillis) {
        this.to = to;
        this.tls = tls;
        this.connectMillis = connectMillis;
        bootstrap
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                // TLS 1.3 refuses a client's certificate after the client's handshake. A failed write must not close
                // the connection before the alert is read.
                .option(ChannelOption.AUTO_CLOSE, tls == null);
        this.loops = new NioEventLoopGroup(threads, new DefaultThreadFactory("frames", true));
    }

    /** Returns the address that this client connects to. */
    public HostPort to() {
        return to;
    }

    /** Returns the event loops in turn. */
    public EventLoop nextLoop() {
        return loops.next();
    }

    /**
     * Connects within five seconds. A TLS handshake may take as long again, and is done when the future is.
     *
     * @param answered whether the gateway answers over HTTP; bytes that it sends in other formats are dropped
     */
    public ChannelFuture connect(EventLoop loop, boolean answered, Listener listener) {
        SslHandler ssl = tls == null ? null : tls.newHandler(ByteBufAllocator.DEFAULT, to.host(), to.port());
        ChannelFuture connected = bootstrap
                .clone(loop)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        if (ssl != null) {
                            ssl.setHandshakeTimeoutMillis(connectMillis);
                            pipeline.addLast(ssl);
                        }
                        pipeline.addLast(new ChunkedWriteHandler());
                        if (answered) {
                            pipeline.addLast(new HttpResponseDecoder(), new HttpObjectAggregator(MAX_ANSWER));
                        }
                        pipeline.addLast(new AnswerHandler(listener));
                    }
                })
                .connect(to.host(), to.port());
        return ssl == null ? connected : handshake(connected, ssl, loop);
    }

    private ChannelFuture handshake(ChannelFuture connected, SslHandler ssl, EventLoop loop) {
        ChannelPromise done = new DefaultChannelPromise(connected.channel(), loop);
        connected.addListener(result -> {
            if (!result.isSuccess()) {
                done.setFailure(result.cause());
                return;
            }
            ssl.handshakeFuture().addListener(shaken -> {
                if (shaken.isSuccess()) {
                    done.setSuccess();
                } else {
                    done.setFailure(TlsFailure.of(to, shaken.cause()));
                }
            });
        });
        return done;
    }

    /** Returns whether the client was closed. A closed client does not connect. */
    boolean isClosed() {
        return loops.isShuttingDown();
    }

    /** Closes all connections. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class AnswerHandler extends ChannelInboundHandlerAdapter {

        private final Listener listener;
        private @Nullable Throwable failure;

        AnswerHandler(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                if (message instanceof FullHttpResponse answer) {
                    read(ctx, answer);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void read(ChannelHandlerContext ctx, FullHttpResponse answer) {
            if (answer.decoderResult().isFailure()) {
                exceptionCaught(ctx, new IOException("answer: not HTTP (expected: a gateway)"));
            } else if (answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
                String body = answer.content().toString(StandardCharsets.UTF_8);
                listener.answered(new HttpAnswer(answer.status().code(), body, !HttpUtil.isKeepAlive(answer)));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            listener.closed(ctx.channel(), failure);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failure = TlsFailure.isOne(cause) ? TlsFailure.of(to, cause) : cause;
            ctx.close();
        }
    }
}
