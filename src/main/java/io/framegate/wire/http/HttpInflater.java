package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.ZlibDecoder;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decompressor, which also tells whether the compressed stream of a body is incomplete. Netty takes an
 * incomplete stream for a whole body.
 */
final class HttpInflater extends HttpContentDecompressor {

    /** The length of a compressed body of no bytes: a gzip header, an empty block and the trailer (RFC 1952). */
    private static final int EMPTY_GZIP = 20;

    private @Nullable ZlibDecoder decoder;
    private long compressed;
    private long inflated;
    private boolean gzip;

    /** The last four compressed bytes. The trailer of gzip ends with the length of the data, low byte first. */
    private int tail;

    HttpInflater(int maxLength) {
        super(maxLength);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, HttpObject part, List<Object> out) throws Exception {
        if (part instanceof HttpRequest) {
            decoder = null;
            compressed = 0;
            inflated = 0;
        }
        if (part instanceof HttpContent content) {
            count(content.content());
        }
        super.decode(ctx, part, out);
    }

    private void count(ByteBuf piece) {
        compressed += piece.readableBytes();
        for (int at = Math.max(piece.readerIndex(), piece.writerIndex() - Integer.BYTES);
                at < piece.writerIndex();
                at++) {
            tail = (tail >>> Byte.SIZE) | (piece.getByte(at) << (3 * Byte.SIZE));
        }
    }

    @Override
    protected @Nullable EmbeddedChannel newContentDecoder(String contentEncoding) throws Exception {
        EmbeddedChannel channel = super.newContentDecoder(contentEncoding);
        decoder = channel == null ? null : channel.pipeline().get(ZlibDecoder.class);
        if (channel != null) {
            channel.pipeline().addLast(new InflatedCounter());
        }
        gzip = contentEncoding.toLowerCase(Locale.ROOT).contains("gzip");
        return channel;
    }

    /**
     * Whether the last body was compressed, was not empty, and ended before the end of its compressed stream. Netty's
     * decoder never closes after gzip, because another stream may follow.
     */
    boolean isCutOff() {
        boolean ended = gzip && tail == (int) inflated && (inflated > 0 || compressed == EMPTY_GZIP);
        return compressed > 0 && decoder != null && !decoder.isClosed() && !ended;
    }

    private final class InflatedCounter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            inflated += ((ByteBuf) msg).readableBytes();
            ctx.fireChannelRead(msg);
        }
    }
}
