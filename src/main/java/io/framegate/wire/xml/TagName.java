package io.framegate.wire.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a tag, collected byte by byte. A name of more than 64 bytes is cut and equals no other name. Not
 * thread-safe.
 */
final class TagName {

    private static final int MAX_LENGTH = 64;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int length;

    void clear() {
        length = 0;
    }

    TagName add(byte b) {
        if (length < MAX_LENGTH) {
            bytes[length] = b;
        }
        length = Math.min(length + 1, MAX_LENGTH + 1);
        return this;
    }

    void set(TagName other) {
        length = other.length;
        System.arraycopy(other.bytes, 0, bytes, 0, MAX_LENGTH);
    }

    /** The length of the name; 65 if it was cut. */
    int length() {
        return length;
    }

    /** Whether the name had more than 64 bytes. */
    boolean isCut() {
        return length > MAX_LENGTH;
    }

    boolean is(TagName other) {
        return length == other.length
                && length <= MAX_LENGTH
                && Arrays.equals(bytes, 0, length, other.bytes, 0, length);
    }

    boolean is(byte[] other) {
        return length == other.length && isPrefixOf(other);
    }

    boolean isPrefixOf(byte[] other) {
        return length <= other.length && length <= MAX_LENGTH && Arrays.equals(bytes, 0, length, other, 0, length);
    }

    /** Compares with lower-case ASCII and ignores the case of the name, which differs between firmware versions. */
    boolean endsWith(byte[] lowerCase) {
        if (length < lowerCase.length || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if ((bytes[length - lowerCase.length + i] | 0x20) != (lowerCase[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, Math.min(length, MAX_LENGTH));
    }

    /** The name for a log, with {@code ?} for each character that is not printable ASCII. */
    @Override
    public String toString() {
        byte[] printable = toBytes();
        for (int i = 0; i < printable.length; i++) {
            if (printable[i] <= ' ' || printable[i] > '~') {
                printable[i] = '?';
            }
        }
        return new String(printable, StandardCharsets.US_ASCII);
    }
}
