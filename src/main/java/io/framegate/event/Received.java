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
     * The client that the sender names and that the listener believes, with port 0 if it names none; null if the
     * connection's peer is the client.
     */
    @Nullable
    InetSocketAddress client();
}
