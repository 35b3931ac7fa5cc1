package io.framegate.wire;

/** Bytes that carry nothing: senders put them between packets, and into base64 text to wrap its lines. */
public final class Padding {

    private Padding() {}

    /** White space as XML and base64 text know it. */
    public static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** White space, the bytes of a byte order mark, and the NUL that some senders write after a packet. */
    public static boolean isBetweenPackets(byte b) {
        return isWhiteSpace(b) || b == 0 || b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    }
}
