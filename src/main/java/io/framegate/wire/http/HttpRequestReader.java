package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's request decoder, which also knows whether a request has begun. Netty reports a request only after its whole
 * head, but the deadline counts from its first byte. Line ends after a request do not begin the next one.
 *
 * <p>Netty reads a request without a length as one without a body. This class checks the bytes after it
 * ({@link UnsizedBody}).
 */
final class HttpRequestReader extends HttpRequestDecoder {

    private static final int MAX_PIECE = 64 << 10;
    private static final HttpDecoderConfig CONFIG = new HttpDecoderConfig()
            .setMaxChunkSize(MAX_PIECE)
            // HeadLines is stricter.
            .setStrictLineParsing(false)
            .setHeadersFactory(HttpHead.FACTORY)
            .setTrailersFactory(HttpHead.FACTORY);

    /** A request has no body if none follows its head in this time. */
    private static final long IDLE_MILLIS = 1000;

    private final HeadLines lines = new HeadLines();
    private final ChunkEnds chunks = new ChunkEnds();
    private final UnsizedBody unsized = new UnsizedBody();
    private final HttpAnswers answers;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;
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

    /** Netty would read again after a read without a message, even with auto-read off. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    /**
     * Decodes the waiting bytes. Does nothing inside a read, because the loop of that read decodes the next request.
     */
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
            if (isOfRequest(ctx, in, out)) {
                requestBegins(in);
                decodePart(ctx, in, out);
            }
            if (endsRequest(out)) {
                midRequest = false;
                lines.begin();
                chunks.begin(false);
            }
        }
    }

    private static boolean endsRequest(List<Object> out) {
        return !out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent;
    }

    /** Whether the next bytes are for Netty to decode. Decodes a body without a length. */
    private boolean isOfRequest(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!unsized.isActive()) {
            return true;
        }
        if (unsized.decode(in, out)) {
            // Netty's base class accepts no message that reads no byte.
            emptyBody(ctx);
            return mayDecode(ctx.channel().config()) && !stopped && !ctx.isRemoved();
        }
        return false;
    }

    private void emptyBody(ChannelHandlerContext ctx) {
        unsized.end();
        midRequest = false;
        ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Waits for a body that may follow. One timer serves all requests that arrive in its time. */
    private void scheduleIdle(ChannelHandlerContext ctx) {
        if (unsized.isEmptyIfIdle() && timer == null) {
            long before = begun;
            timer = ctx.executor().schedule(() -> idle(ctx, before), IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void idle(ChannelHandlerContext ctx, long before) {
        timer = null;
        boolean idle = ctx.channel().config().isAutoRead() && actualReadableBytes() == 0;
        if (idle && unsized.isEmptyIfIdle() && begun == before && !stopped) {
            emptyBody(ctx);
            ctx.fireChannelReadComplete();
        }
        scheduleIdle(ctx);
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
            out.add(UnsizedBody.refused(new IllegalArgumentException("bytes after a chunk (expected: CR LF)")));
            return;
        }
        int from = in.readerIndex();
        int end = in.writerIndex();
        int before = out.size();
        in.writerIndex(from + decodable);
        super.decode(ctx, in, out);
        in.writerIndex(end);
        chunks.decoded(in.readerIndex() - from);
        lines.read(in, from, in.readerIndex());
        if (out.size() > before && out.get(before) instanceof HttpRequest request) {
            headEnds(ctx, request, out);
        }
    }

    private void headEnds(ChannelHandlerContext ctx, HttpRequest request, List<Object> out) {
        lines.end(request);
        chunks.begin(HttpUtil.isTransferEncodingChunked(request));
        if (UnsizedBody.isUnsized(request)) {
            // Removes the end that Netty has added.
            out.remove(out.size() - 1);
            lines.begin();
            unsized.begin(request);
            if (unsized.isMissing()) {
                unsized.end();
                request.setDecoderResult(DecoderResult.failure(new LengthMissingException()));
            }
            scheduleIdle(ctx);
        }
    }

    private void requestBegins(ByteBuf in) {
        if (!midRequest && HeadLines.hasLine(in)) {
            midRequest = true;
            begun++;
        }
    }

    /** A request that waits when the peer disconnects is not read, because its answer could not be delivered. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!stopped && unsized.isActive()) {
            unsized.connectionEnds(in, out);
            midRequest = false;
        }
        if (!stopped) {
            requestBegins(in);
        }
        super.decodeLast(ctx, in, out);
    }

    int heldBytes() {
        return actualReadableBytes() > 0 ? internalBuffer().capacity() : 0;
    }

    /**
     * Some cameras send {@code Content-Length: 0} with a chunked body. A proxy may believe the length, so this closes
     * the connection after such a request, and refuses any other length.
     */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
        HttpHeaders head = request.headers();
        boolean repeated = head instanceof HttpHead own && own.hasRepeatedLength();
        if (repeated || !head.getAll(HttpHeaderNames.CONTENT_LENGTH).equals(List.of("0"))) {
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
