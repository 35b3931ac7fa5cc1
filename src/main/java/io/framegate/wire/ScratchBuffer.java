package io.framegate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Copies bytes from the socket to the heap. Netty reads into direct memory, but the JDK's SHA-256 and base64 are fast
 * on arrays only. One copy while the bytes are in the processor's cache costs less than it saves.
 */
public final class ScratchBuffer {

    private static final int LENGTH = 256 << 10;

    private static final FastThreadLocal<ByteBuf> BUFFER = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.buffer(LENGTH);
        }
    };

    private ScratchBuffer() {}

    /** Reads bytes from an array. */
    @FunctionalInterface
    public interface Reader {

        /** Reads these bytes, which are valid until it returns. Must not cause another read on this thread. */
        void take(byte[] in, int from, int to);
    }

    /** Reads all readable bytes, up to 256 KB at a time. */
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
