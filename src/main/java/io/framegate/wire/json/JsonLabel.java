package io.framegate.wire.json;

/**
 * A name that some senders write before a document: {@code #name#{...}$$}. Holds at most 64 bytes. Not thread-safe.
 */
final class JsonLabel {

    private static final int MAX_LENGTH = 64;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int length;
    private boolean closed;

    /** Begins with the first number sign. */
    void begin() {
        bytes[0] = '#';
        length = 1;
        closed = false;
    }

    /** Takes the next byte of a name that is not closed; returns false if it cannot be part of it. */
    boolean take(byte b) {
        if (closed || b <= ' ' || b > '~' || b == '{' || length == MAX_LENGTH) {
            return false;
        }
        bytes[length++] = b;
        closed = b == '#' && length > 2;
        return b != '#' || closed;
    }

    /** Whether the second number sign was read. */
    boolean isClosed() {
        return closed;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
