package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A heap view of what was read from the socket. Netty reads into direct memory, but the JDK's SHA-256 and base64 are fast
 * on arrays only; one copy while the bytes are in the cache costs less than what it saves.
 */
public final class Scratch {

    private static final int LENGTH = 256 << 10;

    private static final FastThreadLocal<ByteBuf> BUFFER = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.buffer(LENGTH);
        }
    };

    private Scratch() {}

    /** Takes bytes from an array. */
    @FunctionalInterface
    public interface Reader {

        /** Takes these bytes, which are valid until it returns. It must not read on this thread, nor make others do so. */
        void take(byte[] in, int from, int to);
    }

    /** Reads all there is, up to 256 KB at a time. */
    public static void read(ByteBuf in, Reader reader) {
        while (in.isReadable()) {
            ByteBuf piece = in.hasArray() ? in.readSlice(in.readableBytes()) : copied(in);
            int from = piece.arrayOffset() + piece.readerIndex();
            reader.take(piece.array(), from, from + piece.readableBytes());
        }
    }

    private static ByteBuf copied(ByteBuf in) {
        return BUFFER.get().clear().writeBytes(in, Math.min(in.readableBytes(), LENGTH));
    }
}
