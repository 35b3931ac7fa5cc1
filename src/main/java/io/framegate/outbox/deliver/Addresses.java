package io.framegate.outbox.deliver;

import io.framegate.settings.Numbers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts and ports of a target, from its properties {@code brokers}, {@code url}, {@code endpoint}, or {@code host}
 * and {@code port}. Keeps nothing else of an address, because the rest may be a secret.
 */
public final class Addresses {

    /** After the slashes of an address, or between the commas of a list. */
    private static final Pattern HOST_AND_PORT = Pattern.compile(
            "(?:^|([a-z]+):/*|,)\\s*(?:[^@/,()]*@)?(\\[[0-9a-fA-F:.]+]|[^\\s:/,()?@]+)(?::([0-9]{1,5}))?(?=[/,)]|$)");

    /** The options after an address, which may be a secret. */
    private static final Pattern OPTIONS = Pattern.compile("[?#][^,)]*");

    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "amqp", 5672, "amqps", 5671);

    private static final int TIMEOUT_MILLIS = 2000;
    private static final int MAX = 5;

    /** Addresses that select TLS by themselves. */
    private static final Pattern OVER_TLS = Pattern.compile("\\b(https|ssl|amqps|wss|amqpwss):|\\bsslEnabled=true\\b");

    private final List<InetSocketAddress> all = new ArrayList<>();
    private String property = "";
    private boolean overTls;

    private Addresses() {}

    /** The addresses of the target with these properties. A property that the target does not have is an empty text. */
    public static Addresses of(UnaryOperator<String> property) {
        String host = property.apply("host");
        List<String> given = Stream.of("brokers", "url", "endpoint")
                .filter(name -> !property.apply(name).isEmpty())
                .toList();
        Addresses addresses = parse(String.join(
                ",",
                property.apply("brokers"),
                property.apply("url"),
                property.apply("endpoint"),
                host.isEmpty() ? "" : bracketed(host) + ":" + property.apply("port")));
        addresses.property = given.isEmpty() ? "host and .port" : given.get(0);
        addresses.overTls = OVER_TLS.matcher(property.apply("url") + property.apply("endpoint"))
                        .find()
                || property.apply("security-protocol").endsWith("SSL");
        return addresses;
    }

    /** The property that has the addresses, without the prefix of the target: {@code url}, {@code host and .port}. */
    public String property() {
        return property;
    }

    /** Whether the client begins with TLS: FTP's client does not. */
    public boolean overTls() {
        return overTls;
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** The hosts and ports in a list of addresses. */
    static Addresses parse(String list) {
        Addresses addresses = new Addresses();
        Matcher found = HOST_AND_PORT.matcher(OPTIONS.matcher(list).replaceAll(""));
        while (found.find()) {
            String given = found.group(3);
            int port =
                    given == null ? PORTS.getOrDefault(String.valueOf(found.group(1)), 0) : (int) Numbers.parse(given);
            if (port > 0 && port <= 0xffff) {
                addresses.all.add(InetSocketAddress.createUnresolved(found.group(2), port));
            }
        }
        return addresses;
    }

    List<InetSocketAddress> all() {
        return all;
    }

    /** The reasons for which no address accepts a connection. Empty if one does, or if there are no addresses. */
    String unanswered() {
        return silent((at, why) -> "no broker answers at " + at + why);
    }

    /** The same reasons, without the address if there is only one. */
    public String silent() {
        return silent((at, why) -> (all.size() == 1 ? why.substring(1) : at + why).strip());
    }

    private String silent(BinaryOperator<String> words) {
        List<String> reasons = new ArrayList<>();
        for (InetSocketAddress address : all.subList(0, Math.min(all.size(), MAX))) {
            String reason = unanswered(address);
            if (reason.isEmpty()) {
                return "";
            }
            reasons.add(words.apply(text(address), reason));
        }
        return String.join(", ", reasons);
    }

    /** The protocol of the first port that sends any bytes; empty if none does. */
    public String spoken() {
        return all.stream()
                .limit(MAX)
                .map(SpokenProtocol::at)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The failure of TLS with Java's trust store at the first address. Null without a failure or an address. */
    public @Nullable IOException tlsFailure() {
        return all.isEmpty() ? null : Tls.failure(all.get(0));
    }

    /** Whether a handshake failed because the port does not speak TLS. */
    public static boolean isWithoutTls(IOException failure) {
        return Tls.isAbsent(failure);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** {@code kafka-1:9092, kafka-2:9092}. */
    @Override
    public String toString() {
        return all.stream().map(Addresses::text).collect(Collectors.joining(", "));
    }

    private static boolean isRefusal(ConnectException failure) {
        return String.valueOf(failure.getMessage()).startsWith("Connection refused");
    }

    private static String unanswered(InetSocketAddress address) {
        InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
        if (resolved.isUnresolved()) {
            return ": the name of the host cannot be resolved";
        }
        try (Socket socket = new Socket()) {
            socket.connect(resolved, TIMEOUT_MILLIS);
            return "";
        } catch (ConnectException e) {
            return ": nothing listens there" + (isRefusal(e) ? "" : " (" + e.getMessage() + ")");
        } catch (IOException e) {
            return " (" + e.getMessage() + ")";
        }
    }
}
