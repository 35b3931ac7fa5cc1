package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A heap view of what was read from the socket. Netty reads into direct memory, but the JDK's SHA-256 and base64 are fast
 * on arrays only; one copy while the bytes are in the cache costs less than what it saves.
 */
final class Scratch {

    private static final int LENGTH = 256 << 10;

    private static final FastThreadLocal<ByteBuf> BUFFER = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.buffer(LENGTH);
        }
    };

    private Scratch() {}

    /** Reads up to 256 KB into a buffer with an array that is valid until the next call on this thread. */
    static ByteBuf read(ByteBuf in) {
        if (in.hasArray()) {
            return in.readSlice(in.readableBytes());
        }
        ByteBuf scratch = BUFFER.get().clear();
        return scratch.writeBytes(in, Math.min(in.readableBytes(), LENGTH));
    }
}
