package io.framegate.intake.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Netty's TLS handler, which also reports an unfinished record: up to 16 KB that no decoder has seen. One for each
 * channel. Used on its event loop.
 */
public final class TlsRecords extends SslHandler {

    private long ended;

    TlsRecords(SSLEngine engine) {
        super(engine);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        int before = in.readableBytes();
        super.decode(ctx, in, out);
        if (in.readableBytes() < before) {
            ended++;
        }
    }

    /** The number of the unfinished record; 0 if there is none. */
    public long unfinished() {
        return actualReadableBytes() > 0 ? ended + 1 : 0;
    }
}
