package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import java.util.List;

/**
 * Recognises the first bytes of another protocol that a wire format would mistake for its own. Passes them to the
 * fallback for unknown formats, which rejects them with a reason that names the protocol.
 */
final class LookalikeFormat implements WireFormat {

    private final WireFormat fallback;

    LookalikeFormat(WireFormat fallback) {
        this.fallback = fallback;
    }

    @Override
    public Match match(ByteBuf first) {
        byte[] bytes = new byte[Math.min(first.readableBytes(), Lookalike.MOST)];
        first.getBytes(first.readerIndex(), bytes);
        return Lookalike.matchBeforeFormats(bytes);
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        return fallback.newHandlers();
    }
}
