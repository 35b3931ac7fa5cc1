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
 * Netty's request decoder, which also tells whether a request has begun. Netty reports a request only after its whole
 * head, but the deadline counts from its first byte. Line ends after a request do not begin the next one.
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
