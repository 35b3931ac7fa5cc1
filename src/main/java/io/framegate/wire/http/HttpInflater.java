package io.framegate.wire.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.ZlibDecoder;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decompressor, which also tells whether the compressed stream of a body is incomplete. Netty takes an
 * incomplete stream for a whole body.
 */
final class HttpInflater extends HttpContentDecompressor {

    private @Nullable ZlibDecoder decoder;
    private boolean fed;

    HttpInflater(int maxLength) {
        super(maxLength);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, HttpObject part, List<Object> out) throws Exception {
        if (part instanceof HttpRequest) {
            decoder = null;
            fed = false;
        }
        if (part instanceof HttpContent content) {
            fed |= content.content().isReadable();
        }
        super.decode(ctx, part, out);
    }

    @Override
    protected @Nullable EmbeddedChannel newContentDecoder(String contentEncoding) throws Exception {
        EmbeddedChannel channel = super.newContentDecoder(contentEncoding);
        decoder = channel == null ? null : channel.pipeline().get(ZlibDecoder.class);
        return channel;
    }

    /** Whether the last body was compressed, was not empty, and ended before the end of its compressed stream. */
    boolean isCutOff() {
        return fed && decoder != null && !decoder.isClosed();
    }
}
