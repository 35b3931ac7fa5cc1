package io.framegate.wire.json;

import java.util.Arrays;

/**
 * A name that some senders write before a document: {@code #name#{...}$$}. Holds at most 64 bytes. Not thread-safe.
 */
final class JsonLabel {

    private static final int MAX_LENGTH = 64;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int length;
    private boolean closed;

    void clear() {
        length = 0;
        closed = false;
    }

    /** Reads the next byte of a name that is not closed; returns false if it cannot be part of it. */
    boolean take(byte b) {
        boolean sign = b == '#';
        boolean fits = length == 0 ? sign : b > ' ' && b <= '~' && b != '{' && !(sign && length == 1);
        if (closed || !fits || length == MAX_LENGTH) {
            return false;
        }
        bytes[length++] = b;
        closed = sign && length > 1;
        return true;
    }

    /** Whether a document may begin: after the second number sign, or without a name. */
    boolean isComplete() {
        return closed || length == 0;
    }

    /** Whether the second number sign was read. */
    boolean isClosed() {
        return closed;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
