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
 * Netty's reader of compressed bodies, which also knows whether one ended before its own end: Netty takes what there is for the
 * whole, and nothing at all for an empty body.
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

    /** Whether the body that has just ended is compressed, not empty, and the compressed stream is not at its end. */
    boolean isCutOff() {
        return fed && decoder != null && !decoder.isClosed();
    }
}
