package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;

/**
 * Finds where the next packet begins in bytes that cannot be read: at {@code <?xml}, {@code <config} or
 * {@code <DeviceInfo}, the beginnings cameras use. Keeps its place between calls, so a beginning may be split anywhere.
 */
final class RestartMarker {

    private static final List<byte[]> BEGINNINGS =
            List.of("<?xml".getBytes(US_ASCII), "<config".getBytes(US_ASCII), "<DeviceInfo".getBytes(US_ASCII));

    private static final int SHORTEST = 5;

    private final byte[] candidate = new byte[12];
    private int length;

    /** Takes a byte that may go on with a beginning; if it does not, what came before it is all that {@link #bytes()} has. */
    boolean takes(byte b) {
        if ((b == '<') != (length == 0)) {
            return false;
        }
        candidate[length] = b;
        for (byte[] beginning : BEGINNINGS) {
            if (startsWith(beginning, length + 1)) {
                length++;
                return true;
            }
        }
        return false;
    }

    /** Takes a byte that goes on with a beginning, or begins one, or neither. */
    void takesOrBeginsWith(byte b) {
        if (!takes(b)) {
            clear();
            takes(b);
        }
    }

    private boolean startsWith(byte[] beginning, int count) {
        return count <= beginning.length && Arrays.equals(beginning, 0, count, candidate, 0, count);
    }

    /** Whether the bytes taken are a whole beginning. */
    boolean isComplete() {
        if (length < SHORTEST) {
            return false;
        }
        for (byte[] beginning : BEGINNINGS) {
            if (beginning.length == length && startsWith(beginning, length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the root elements that beginnings are made of have this name. */
    static boolean isRoot(TagName name) {
        for (byte[] beginning : BEGINNINGS) {
            if (name.is(Arrays.copyOfRange(beginning, 1, beginning.length))) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The bytes taken. */
    byte[] bytes() {
        return Arrays.copyOf(candidate, length);
    }

    void clear() {
        length = 0;
    }
}
