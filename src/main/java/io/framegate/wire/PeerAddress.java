package io.framegate.wire;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The address of a channel's peer. With the PROXY protocol, the peer is the client that the header names, not the
 * proxy. Thread-safe.
 */
public final class PeerAddress {

    private static final AttributeKey<InetSocketAddress> CLIENT = AttributeKey.valueOf("framegate-client");

    private static final int NETWORK_BYTES = 8;

    private PeerAddress() {}

    /** The address of the peer; null, or another kind of address, in tests only. */
    public static @Nullable SocketAddress of(Channel channel) {
        InetSocketAddress client = channel.attr(CLIENT).get();
        return client == null ? channel.remoteAddress() : client;
    }

    /** Stores the client that a proxy names for the whole connection. */
    public static void set(Channel channel, InetSocketAddress client) {
        channel.attr(CLIENT).set(client);
    }

    /** The address alone, {@code 192.0.2.5}, without a name lookup. */
    public static String host(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : String.valueOf(address);
    }

    /**
     * The unit that limits count as one peer: an IPv4 address, or the /64 network of an IPv6 address, because one
     * machine has all of it.
     */
    public static String network(String host) {
        byte[] address = host.indexOf(':') < 0 ? null : NetUtil.createByteArrayFromIpAddressString(host);
        if (address == null || address.length <= NETWORK_BYTES) {
            return host;
        }
        HexFormat hex = HexFormat.of();
        StringBuilder network = new StringBuilder();
        for (int at = 0; at < NETWORK_BYTES; at += 2) {
            network.append(hex.formatHex(address, at, at + 2)).append(':');
        }
        return network.append(":/64").toString();
    }
}
