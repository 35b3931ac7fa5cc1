package io.framegate.event;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A unit that a decoder cut from the stream: a packet that it read, or one that it rejected. */
public sealed interface Received permits Packet, RejectedPacket {

    /** The name of the wire format, for example {@code xml}. */
    String format();

    /** The number of bytes read for it. */
    long length();

    /**
     * The client that a trusted proxy names, with port 0 if the proxy names no port; null if the connection's peer is
     * the client.
     */
    @Nullable
    InetSocketAddress client();
}
