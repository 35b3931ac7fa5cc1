package io.framegate.intake;

import io.framegate.event.Received;
import io.framegate.wire.PeerAddress;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the peer of a channel. With the PROXY protocol, the peer is the client that the header names, not the
 * proxy. The sender of a packet is its peer, or the client that a trusted proxy names in the request.
 */
final class Peers {

    private static final AttributeKey<String> CERTIFICATE = AttributeKey.valueOf("framegate-certificate");

    private Peers() {}

    /** Address and port, {@code 192.0.2.5:40112}. */
    static String address(Channel channel) {
        return address(PeerAddress.of(channel));
    }

    /** Address and port of a packet's sender; without a port if the proxy names none. */
    static String address(Channel channel, Received received) {
        return address(sender(channel, received));
    }

    private static String address(@Nullable SocketAddress address) {
        String host = PeerAddress.host(address);
        return address instanceof InetSocketAddress inet && inet.getPort() > 0 ? host + ":" + inet.getPort() : host;
    }

    /** Address alone, {@code 192.0.2.5}, without a name lookup. */
    static String host(Channel channel) {
        return PeerAddress.host(PeerAddress.of(channel));
    }

    /** Address of a packet's sender, without a name lookup. */
    static String host(Channel channel, Received received) {
        return PeerAddress.host(sender(channel, received));
    }

    private static @Nullable SocketAddress sender(Channel channel, Received received) {
        return received.client() == null ? PeerAddress.of(channel) : received.client();
    }

    /** The address; null if there is none, as in tests. */
    static @Nullable InetAddress inetAddress(Channel channel) {
        return PeerAddress.of(channel) instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    /** The subject of the peer's certificate; null if the peer has presented none. */
    static @Nullable String certificate(Channel channel) {
        return channel.attr(CERTIFICATE).get();
    }

    static void setCertificate(Channel channel, String subject) {
        channel.attr(CERTIFICATE).set(subject);
    }
}
