package io.framegate.wire.embedded;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The bytes of a document. Bytes can be removed from its end. Holds no memory while it is empty. Not thread-safe. */
final class DocumentBytes extends ByteArrayOutputStream {

    private static final int FIRST_CAPACITY = 256;

    DocumentBytes() {
        super(0);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        if (buf.length == 0) {
            buf = new byte[Math.max(FIRST_CAPACITY, length)];
        }
        super.write(bytes, from, length);
    }

    /** A copy of the last bytes. */
    byte[] last(int length) {
        return Arrays.copyOfRange(buf, count - length, count);
    }

    void remove(int length) {
        count -= length;
    }

    void insert(int position, byte[] bytes) {
        byte[] rest = last(count - position);
        count = position;
        writeBytes(bytes);
        writeBytes(rest);
    }

    void clear() {
        count = 0;
        buf = new byte[0];
    }

    /** Bytes of memory held. */
    int capacity() {
        return buf.length;
    }
}
