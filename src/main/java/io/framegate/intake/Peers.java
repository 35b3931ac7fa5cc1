package io.framegate.intake;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The address of a channel's peer, as text. */
final class Peers {

    private Peers() {}

    /** Address and port, {@code 192.0.2.5:40112}. */
    static String address(Channel channel) {
        SocketAddress remote = channel.remoteAddress();
        return remote instanceof InetSocketAddress inet ? host(channel) + ":" + inet.getPort() : String.valueOf(remote);
    }

    /** Address alone, {@code 192.0.2.5}, without a name lookup. */
    static String host(Channel channel) {
        SocketAddress remote = channel.remoteAddress();
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : String.valueOf(remote);
    }
}
