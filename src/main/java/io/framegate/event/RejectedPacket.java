package io.framegate.event;

import java.util.Arrays;

/**
 * A piece of the stream that could not be understood.
 *
 * @param format the wire format's name, {@code unknown} if it was not recognised
 * @param reason why, as a value for logs, metrics and file names
 * @param detail what was wrong, for people; holds no byte of an image and no control character
 * @param content the bytes received, as far as the decoder kept them; of a packet that was too long the first 64 KB
 * @param length bytes received, as far as they were read
 * @param closing whether the stream cannot be read on, so that the connection closes
 */
public record RejectedPacket(
        String format, RejectReason reason, String detail, byte[] content, long length, boolean closing)
        implements Received {

    private static final int MAX_TOO_LONG_CONTENT = 64 << 10;

    public RejectedPacket {
        if (reason == RejectReason.TOO_LONG && content.length > MAX_TOO_LONG_CONTENT) {
            content = Arrays.copyOf(content, MAX_TOO_LONG_CONTENT);
        }
    }

    /** Describes the packet without its content. */
    @Override
    public String toString() {
        return "RejectedPacket[" + format + ", " + reason.tag() + ", " + detail + "]";
    }
}
