package io.framegate.intake;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who a channel's peer is. With the PROXY protocol, the peer is the client that the header names, not the proxy.
 */
final class Peers {

    private static final AttributeKey<InetSocketAddress> CLIENT = AttributeKey.valueOf("framegate-client");
    private static final AttributeKey<String> CERTIFICATE = AttributeKey.valueOf("framegate-certificate");

    private Peers() {}

    /** Address and port, {@code 192.0.2.5:40112}. */
    static String address(Channel channel) {
        SocketAddress peer = peer(channel);
        return peer instanceof InetSocketAddress inet ? host(channel) + ":" + inet.getPort() : String.valueOf(peer);
    }

    /** Address alone, {@code 192.0.2.5}, without a name lookup. */
    static String host(Channel channel) {
        InetAddress address = inetAddress(channel);
        return address == null ? String.valueOf(peer(channel)) : address.getHostAddress();
    }

    /** The address; null if there is none, as in tests. */
    static @Nullable InetAddress inetAddress(Channel channel) {
        return peer(channel) instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    private static SocketAddress peer(Channel channel) {
        InetSocketAddress client = channel.attr(CLIENT).get();
        return client == null ? channel.remoteAddress() : client;
    }

    /** Takes note of the client that a proxy names. */
    static void setClient(Channel channel, InetSocketAddress client) {
        channel.attr(CLIENT).set(client);
    }

    /** The subject of the certificate that the peer has shown; null if it has shown none. */
    static @Nullable String certificate(Channel channel) {
        return channel.attr(CERTIFICATE).get();
    }

    static void setCertificate(Channel channel, String subject) {
        channel.attr(CERTIFICATE).set(subject);
    }
}
