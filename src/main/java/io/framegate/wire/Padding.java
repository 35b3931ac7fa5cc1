package io.framegate.wire;

/** Recognises bytes without content, which senders write between packets and into base64 text to wrap its lines. */
public final class Padding {

    private Padding() {}

    /** Whether the byte is white space in XML. */
    public static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /**
     * Whether the byte is white space, part of a byte order mark, or the NUL that some senders write after a packet.
     */
    public static boolean isBetweenPackets(byte b) {
        return isWhiteSpace(b) || b == 0 || b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    }
}
