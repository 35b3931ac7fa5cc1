package io.framegate.event;

/**
 * A piece of the stream that could not be understood.
 *
 * @param format the wire format's name, {@code unknown} if it was not recognised
 * @param reason why, as a value for logs, metrics and file names
 * @param detail what was wrong, for people; holds no byte of an image
 * @param excerpt the beginning of what was received, at most {@link #MAX_EXCERPT} bytes
 * @param length bytes received, as far as they were read
 * @param closing whether the stream cannot be read on: the connection closes
 */
public record RejectedPacket(
        String format, RejectReason reason, String detail, byte[] excerpt, long length, boolean closing)
        implements Received {

    /** How much of a rejected packet is kept, in bytes. */
    public static final int MAX_EXCERPT = 64 * 1024;

    @Override
    public String toString() {
        return "RejectedPacket[" + format + ", " + reason.tag() + ", " + detail + "]";
    }
}
