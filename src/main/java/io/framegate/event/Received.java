package io.framegate.event;

/** What a decoder hands on for each piece of the stream: a packet it understood or one it had to reject. */
public sealed interface Received permits Packet, RejectedPacket {

    /** The wire format's name, for example {@code xml}. */
    String format();

    /** Bytes the peer sent for it, as far as they were read. */
    long length();
}
