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

    /** Small, because a reader that stops at the end of a small frame would waste a copy of all the rest. */
    private static final int FIRST_LENGTH = 4 << 10;

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

    /** Reads bytes from an array and may stop before the last one. */
    @FunctionalInterface
    public interface StoppingReader {

        /** Reads these bytes as {@link Reader#take} does; returns the index of the first byte that it did not read. */
        int take(byte[] in, int from, int to);
    }

    /** Reads all readable bytes, up to 256 KB at a time. */
    public static void read(ByteBuf in, Reader reader) {
        while (in.isReadable()) {
            take(in, LENGTH, (bytes, from, to) -> {
                reader.take(bytes, from, to);
                return to;
            });
        }
    }

    /** Reads bytes until the reader stops, or all readable bytes. */
    public static void readUntilStopped(ByteBuf in, StoppingReader reader) {
        int most = FIRST_LENGTH;
        while (in.isReadable() && take(in, most, reader)) {
            most = LENGTH;
        }
    }

    /** Returns whether the reader has read the whole piece. */
    private static boolean take(ByteBuf in, int most, StoppingReader reader) {
        int length = in.hasArray() ? in.readableBytes() : Math.min(in.readableBytes(), most);
        ByteBuf piece = in.hasArray() ? in : BUFFER.get().clear().writeBytes(in, in.readerIndex(), length);
        int from = piece.arrayOffset() + piece.readerIndex();
        int read = reader.take(piece.array(), from, from + length) - from;
        in.skipBytes(read);
        return read == length;
    }
}
