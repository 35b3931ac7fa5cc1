package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's reader of requests, which also knows whether one has begun: Netty says nothing of a request line that arrives a byte
 * at a time, and a deadline has to count from its first byte. Line ends behind a request begin none.
 */
final class HttpRequestReader extends HttpRequestDecoder {

    private static final int MAX_PIECE = 64 << 10;

    private boolean midRequest;
    private boolean stopped;
    private long begun;

    HttpRequestReader() {
        super(new HttpDecoderConfig().setMaxChunkSize(MAX_PIECE));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (stopped) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!midRequest && begins(in)) {
            midRequest = true;
            begun++;
        }
        super.decode(ctx, in, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
            midRequest = false;
        }
    }

    private static boolean begins(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            if (in.getByte(i) > ' ') {
                return true;
            }
        }
        return false;
    }

    /** Some cameras send {@code Content-Length: 0} beside chunks: then the chunks count. Netty refuses such a request. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
        request.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        HttpUtil.setTransferEncodingChunked(request, true);
    }

    /** Reads nothing more: what follows is dropped. */
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
