package io.framegate.outbox.deliver;

import io.framegate.settings.Numbers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts and ports of a target's property {@code brokers} or {@code url}. Knows nothing else of them, because the
 * rest of an address may be a secret.
 */
final class Addresses {

    /** After the slashes of an address, or between the commas of a list. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:^|//|,)\\s*(?:[^@/,()]*@)?(\\[[0-9a-fA-F:.]+]|[^\\s:/,()?@]+):([0-9]{1,5})");

    private static final int TIMEOUT_MILLIS = 2000;
    private static final int MAX = 5;

    private final List<InetSocketAddress> all = new ArrayList<>();

    private Addresses() {}

    static Addresses of(UnaryOperator<String> property) {
        Addresses addresses = new Addresses();
        Matcher found = HOST_AND_PORT.matcher(property.apply("brokers") + "," + property.apply("url"));
        while (found.find() && addresses.all.size() < MAX) {
            int port = (int) Numbers.parse(found.group(2));
            if (port <= 0xffff) {
                addresses.all.add(InetSocketAddress.createUnresolved(found.group(1), port));
            }
        }
        return addresses;
    }

    /** Says why nobody answers. Empty if somebody listens at one of them, or if there are none. */
    String unanswered() {
        List<String> reasons = new ArrayList<>();
        for (InetSocketAddress address : all) {
            String reason = unanswered(address);
            if (reason.isEmpty()) {
                return "";
            }
            reasons.add(reason);
        }
        return String.join(", ", reasons);
    }

    private static String unanswered(InetSocketAddress address) {
        String at = address.getHostString() + ":" + address.getPort();
        InetSocketAddress resolved = new InetSocketAddress(address.getHostString(), address.getPort());
        if (resolved.isUnresolved()) {
            return "no broker answers at " + at + ": the name of the host cannot be resolved";
        }
        try (Socket socket = new Socket()) {
            socket.connect(resolved, TIMEOUT_MILLIS);
            return "";
        } catch (ConnectException e) {
            return "no broker answers at " + at + ": nothing listens there (" + e.getMessage() + ")";
        } catch (IOException e) {
            return "no broker answers at " + at + " (" + e.getMessage() + ")";
        }
    }
}
