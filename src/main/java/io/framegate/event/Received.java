package io.framegate.event;

/** A unit that a decoder cut from the stream: a packet that it read, or one that it rejected. */
public sealed interface Received permits Packet, RejectedPacket {

    /** The name of the wire format, for example {@code xml}. */
    String format();

    /** The number of bytes read for it. */
    long length();
}
