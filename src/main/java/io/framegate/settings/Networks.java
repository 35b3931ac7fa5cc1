package io.framegate.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of addresses and networks: {@code 192.0.2.7, 10.0.0.0/8, 2001:db8::/32}. Host names are not resolved. An
 * IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.7}) is the IPv4 address. A network must be written with its first
 * address: {@code 10.1.2.3/8} could mean one address or millions. Immutable.
 */
public final class Networks {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern NETWORK = Pattern.compile(
            "((?:" + OCTET + "\\.){3}" + OCTET + "|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:/(0|[1-9][0-9]{0,2}))?");

    /** The prefix bits of an IPv4-mapped IPv6 address. */
    private static final int MAPPED_BITS = 96;

    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+$");

    private record Network(byte[] address, int bits) {

        /** The first address of the network. */
        byte[] first() {
            byte[] first = new byte[address.length];
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                first[bit / Byte.SIZE] = (byte) (address[bit / Byte.SIZE] & mask(bit));
            }
            return first;
        }

        private int mask(int bit) {
            return 0xFF << Math.max(0, Byte.SIZE - (bits - bit));
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask(bit) & 0xFF) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** Reads addresses and networks separated by commas; an empty text has none. */
    public static Networks parse(String text) {
        List<Network> networks = new ArrayList<>();
        if (!text.isBlank()) {
            for (String one : text.split(",", -1)) {
                networks.add(network(one.strip()));
            }
        }
        return new Networks(networks);
    }

    private static Network network(String text) {
        Matcher parts = NETWORK.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        boolean colons = text.contains(":");
        byte[] address;
        try {
            // Only literal addresses match the pattern, so no name server is asked.
            address = InetAddress.getByName(parts.group(1)).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
        boolean mapped = colons && address.length == 4;
        int most = colons ? 128 : 32;
        int bits = parts.group(2) == null ? most : Numbers.parse(parts.group(2), mapped ? MAPPED_BITS : 0, most);
        Network network = new Network(address, mapped ? bits - MAPPED_BITS : bits);
        byte[] first = network.first();
        if (!Arrays.equals(first, address)) {
            throw new ValueException(text + " (expected: " + (mapped ? "::ffff:" : "") + text(first) + "/" + bits
                    + " for the whole network, or " + parts.group(1) + " for one address)");
        }
        return network;
    }

    /** Returns the text of an address: {@code 2001:db8::}. */
    private static String text(byte[] address) {
        try {
            return ZEROS.matcher(InetAddress.getByAddress(address).getHostAddress())
                    .replaceFirst("::");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Returns whether the address, or a network that contains it, is in the list. */
    public boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }
}
