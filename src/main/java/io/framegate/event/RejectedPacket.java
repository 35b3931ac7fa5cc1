package io.framegate.event;

/**
 * A piece of the stream that could not be understood.
 *
 * @param format the wire format's name, {@code unknown} if it was not recognised
 * @param reason why, as a value for logs, metrics and file names
 * @param detail what was wrong, for people; holds no byte of an image and no control character
 * @param content what was received, as far as the decoder kept it
 * @param length bytes received, as far as they were read
 * @param closing whether the stream cannot be read on, so that the connection closes
 */
public record RejectedPacket(
        String format, RejectReason reason, String detail, byte[] content, long length, boolean closing)
        implements Received {

    /** Says what it is without a byte of what it carries. */
    @Override
    public String toString() {
        return "RejectedPacket[" + format + ", " + reason.tag() + ", " + detail + "]";
    }
}
