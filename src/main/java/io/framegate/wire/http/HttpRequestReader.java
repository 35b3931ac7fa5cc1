package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
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

    private final HttpAnswers answers;
    private @Nullable ChannelHandlerContext context;
    private boolean midRequest;
    private boolean stopped;
    private boolean reading;
    private long begun;

    HttpRequestReader(HttpAnswers answers) {
        super(new HttpDecoderConfig().setMaxChunkSize(MAX_PIECE));
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
            super.decode(ctx, in, out);
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

    private void requestBegins(ByteBuf in) {
        if (!midRequest && begins(in)) {
            midRequest = true;
            begun++;
        }
    }

    /** A request that waits when the peer leaves is not read: nobody would get its answer. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        requestBegins(in);
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
     * Ignores the length of a chunked body: some cameras send {@code Content-Length: 0}. Netty would reject the
     * request.
     */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
        request.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        HttpUtil.setTransferEncodingChunked(request, true);
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
