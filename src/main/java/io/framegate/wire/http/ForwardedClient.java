package io.framegate.wire.http;

import io.framegate.event.AsciiDigits;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client of a request that came through proxies, in {@code X-Forwarded-For} or {@code Forwarded} (RFC 7239).
 * Each proxy appends the address of its peer at the right. So the client is the rightmost address that is not a trusted
 * proxy. The client may have invented the addresses to the left of it.
 *
 * <pre>
 * X-Forwarded-For: invented, client, proxy         Forwarded: for=invented, for="[client]:47011";proto=http, for=proxy
 * </pre>
 *
 * <p>The headers are ignored if the peer is not trusted, if a value to the right of the client is not an address, if
 * all addresses are trusted, or if the two headers name different clients: a proxy that writes one header may pass on
 * the other. Stateless.
 */
final class ForwardedClient {

    private static final String X_FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED = "Forwarded";
    private static final int MAX_PORT = 65535;

    private static final Pattern NODE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9A-Fa-f]*:[0-9A-Fa-f:.]*)");

    /** A name, a token or a quoted string, and the separator after it. No address needs a backslash. */
    private static final Pattern PAIR =
            Pattern.compile("\\G[ \\t]*([\\w!#$%&'*+.^`|~-]+)=(?:\"([^\"\\\\]*)\"|([^\",; \\t]*))[ \\t]*([;,]|$)");

    private ForwardedClient() {}

    /** The client of a request from this peer, with port 0 if no port is named; null if the peer is the client. */
    static @Nullable InetSocketAddress of(
            HttpHeaders head, @Nullable SocketAddress peer, Predicate<InetAddress> trusted) {
        boolean believed =
                peer instanceof InetSocketAddress inet && inet.getAddress() != null && trusted.test(inet.getAddress());
        if (!believed || !(head.contains(X_FORWARDED_FOR) || head.contains(FORWARDED))) {
            return null;
        }
        InetSocketAddress one = client(listed(head.getAll(X_FORWARDED_FOR)), trusted);
        InetSocketAddress other = client(forwarded(head.getAll(FORWARDED)), trusted);
        if (!head.contains(FORWARDED)) {
            return one;
        }
        if (!head.contains(X_FORWARDED_FOR)) {
            return other;
        }
        boolean same = one != null && other != null && one.getAddress().equals(other.getAddress());
        return same ? other : null;
    }

    private static @Nullable InetSocketAddress client(List<String> nodes, Predicate<InetAddress> trusted) {
        for (int at = nodes.size() - 1; at >= 0; at--) {
            InetSocketAddress node = address(nodes.get(at));
            if (node == null || !trusted.test(node.getAddress())) {
                return node;
            }
        }
        return null;
    }

    private static List<String> listed(List<String> lines) {
        List<String> nodes = new ArrayList<>();
        for (String line : lines) {
            for (String node : line.split(",", -1)) {
                nodes.add(node.strip());
            }
        }
        return nodes;
    }

    /** The {@code for} of each element; an empty text for an element without one. Empty if a line is malformed. */
    private static List<String> forwarded(List<String> lines) {
        List<String> nodes = new ArrayList<>();
        for (String line : lines) {
            Matcher pair = PAIR.matcher(line);
            String node = "";
            int read = 0;
            while (read < line.length() && pair.find()) {
                String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
                if (pair.group(1).equalsIgnoreCase("for")) {
                    // Two "for" in one element are not an address either.
                    node = node.isEmpty() ? value : "twice";
                }
                read = pair.end();
                if (!pair.group(4).equals(";")) {
                    nodes.add(node);
                    node = "";
                }
            }
            boolean whole = read == line.length() && !line.isEmpty() && ",;".indexOf(line.charAt(read - 1)) < 0;
            if (!whole) {
                return List.of();
            }
        }
        return nodes;
    }

    private static @Nullable InetSocketAddress address(String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return null;
        }
        String six = node.group(1) == null ? node.group(4) : node.group(1);
        boolean valid = six == null ? NetUtil.isValidIpV4Address(node.group(2)) : NetUtil.isValidIpV6Address(six);
        int port = node.group(3) == null ? 0 : AsciiDigits.parseInt(node.group(3), -1);
        if (!valid || port < 0 || port > MAX_PORT) {
            return null;
        }
        try {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(six == null ? node.group(2) : six);
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
