package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's request decoder, which also tells whether a request has begun. Netty reports a request only after its whole
 * head, but the deadline counts from its first byte. Line ends after a request do not begin the next one.
 */
final class HttpRequestReader extends HttpRequestDecoder {

    private static final int MAX_PIECE = 64 << 10;
    private static final HttpHeadersFactory HEADS = new Heads();
    private static final HttpDecoderConfig CONFIG = new HttpDecoderConfig()
            .setMaxChunkSize(MAX_PIECE)
            .setHeadersFactory(HEADS)
            .setTrailersFactory(HEADS);

    private static final class Heads implements HttpHeadersFactory {
        @Override
        public HttpHeaders newHeaders() {
            return new HttpHead();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new HttpHead();
        }
    }

    private final ChunkEnds chunks = new ChunkEnds();
    private final HttpAnswers answers;
    private @Nullable ChannelHandlerContext context;
    private boolean midRequest;
    private boolean stopped;
    private boolean reading;
    private long begun;

    HttpRequestReader(HttpAnswers answers) {
        super(CONFIG);
        this.answers = answers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
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

    /** Netty would read again after a read without a message, even if the channel does not read automatically. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    /** Decodes the bytes that wait. While a read is decoded, the next request is decoded without this. */
    void resume() {
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
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (stopped) {
            in.skipBytes(in.readableBytes());
        } else if (mayDecode(ctx.channel().config())) {
            requestBegins(in);
            decodePart(ctx, in, out);
            if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
                midRequest = false;
            }
        }
    }

    /** A request begins only when there is room for its answer. */
    private boolean mayDecode(ChannelConfig channel) {
        if (!midRequest && answers.isFull()) {
            channel.setAutoRead(false);
        }
        return channel.isAutoRead();
    }

    private void decodePart(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int decodable = chunks.decodable(in);
        if (decodable < 0) {
            in.skipBytes(in.readableBytes());
            out.add(refused("bytes after a chunk (expected: a line end)"));
            return;
        }
        int from = in.readerIndex();
        int end = in.writerIndex();
        int before = out.size();
        in.writerIndex(from + decodable);
        super.decode(ctx, in, out);
        in.writerIndex(end);
        chunks.decoded(in.readerIndex() - from);
        if (out.size() > before && out.get(before) instanceof HttpRequest request) {
            check(request);
            chunks.begin(HttpUtil.isTransferEncodingChunked(request));
        }
    }

    private static HttpContent refused(String detail) {
        HttpContent refused = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        refused.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(detail)));
        return refused;
    }

    private static void check(HttpRequest request) {
        try {
            HttpHead.check(request.headers());
        } catch (IllegalArgumentException e) {
            request.setDecoderResult(DecoderResult.failure(e));
        }
    }

    private void requestBegins(ByteBuf in) {
        if (!midRequest && begins(in)) {
            midRequest = true;
            begun++;
        }
    }

    /** A request that waits when the peer leaves is not read: nobody would get its answer. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!stopped) {
            requestBegins(in);
        }
        super.decodeLast(ctx, in, out);
    }

    int heldBytes() {
        return actualReadableBytes() > 0 ? internalBuffer().capacity() : 0;
    }

    private static boolean begins(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            if (in.getByte(i) > ' ') {
                return true;
            }
        }
        return false;
    }

    /**
     * Some cameras send {@code Content-Length: 0} with a chunked body. A proxy may believe the length, so this closes
     * the connection after such a request, and refuses any other length.
     */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
        HttpHeaders head = request.headers();
        if (!head.getAll(HttpHeaderNames.CONTENT_LENGTH).equals(List.of("0"))) {
            throw new IllegalArgumentException("content length of a chunked body (expected: none)");
        }
        head.remove(HttpHeaderNames.CONTENT_LENGTH);
        HttpUtil.setKeepAlive(request, false);
    }

    /** Drops all further bytes. */
    void stop() {
        stopped = true;
    }

    boolean midRequest() {
        return midRequest;
    }

    long begun() {
        return begun;
    }
}
