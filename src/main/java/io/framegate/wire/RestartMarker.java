package io.framegate.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds where the next packet begins in bytes that cannot be read: at {@code <?xml}, {@code <config} or
 * {@code <DeviceInfo}, the beginnings cameras use. Keeps its place between calls, so a beginning may be split anywhere.
 */
final class RestartMarker {

    private static final List<byte[]> BEGINNINGS = List.of(ascii("<?xml"), ascii("<config"), ascii("<DeviceInfo"));

    private final byte[] candidate = new byte[12];
    private int length;

    /** Whether a packet's beginning is complete with this byte; {@link #beginning()} is then what it consists of. */
    boolean completedBy(byte b) {
        if (b == '<') {
            length = 0;
        } else if (length == 0) {
            return false;
        }
        candidate[length++] = b;
        boolean possible = false;
        for (byte[] beginning : BEGINNINGS) {
            if (startsWithCandidate(beginning)) {
                if (beginning.length == length) {
                    return true;
                }
                possible = true;
            }
        }
        if (!possible) {
            length = 0;
        }
        return false;
    }

    private boolean startsWithCandidate(byte[] beginning) {
        if (beginning.length < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (beginning[i] != candidate[i]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of the beginning just completed; forgets them. */
    byte[] beginning() {
        byte[] beginning = new byte[length];
        System.arraycopy(candidate, 0, beginning, 0, length);
        length = 0;
        return beginning;
    }

    /** How many of the last bytes may be part of a beginning. */
    int pending() {
        return length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
