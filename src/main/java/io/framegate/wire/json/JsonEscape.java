package io.framegate.wire.json;

import java.util.Arrays;

/** An escape in a JSON string, such as the escape of a slash or a line end. Arrives byte by byte. Not thread-safe. */
final class JsonEscape {

    private static final int UNICODE_LENGTH = 6;

    private final byte[] sent = new byte[UNICODE_LENGTH];
    private int length;

    /** Begins after the backslash. */
    void begin() {
        sent[0] = '\\';
        length = 1;
    }

    /** Reads the next byte; returns false if the escape is broken before it. */
    boolean take(byte b) {
        if (length > 1 && Character.digit(b, 16) < 0) {
            return false;
        }
        sent[length++] = b;
        return true;
    }

    boolean isComplete() {
        return length == UNICODE_LENGTH || (length == 2 && sent[1] != 'u');
    }

    /** The character if it is ASCII and the escape is complete; otherwise -1. */
    int character() {
        if (!isComplete()) {
            return -1;
        }
        return switch (sent[1]) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '/' -> '/';
            case 'u' -> unicode();
            default -> -1;
        };
    }

    private int unicode() {
        int character = 0;
        for (int i = 2; i < UNICODE_LENGTH; i++) {
            character = character << 4 | Character.digit(sent[i], 16);
        }
        return character < 0x80 ? character : -1;
    }

    /** The bytes so far, with the backslash. */
    byte[] sent() {
        return Arrays.copyOf(sent, length);
    }
}
