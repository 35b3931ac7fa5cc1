package io.framegate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Checks an address before the routes listen on it, because Camel's own error names neither the port nor the property. */
final class ListenAddress {

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private ListenAddress() {}

    /** Throws in one line what is wrong with the address that these two properties give; port 0 is any free one. */
    static void check(UnaryOperator<String> properties, String hostProperty, String portProperty) {
        String host = properties.apply(hostProperty);
        String port = properties.apply(portProperty);
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port, 10) : -1;
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException(portProperty + ": " + port + " (expected: a port, 1 to 65535)");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), number));
        } catch (IOException e) {
            throw new IllegalStateException(
                    portProperty + ": " + host + ":" + number + " cannot be listened on, " + e.getMessage()
                            + " (expected: a free port, and in " + hostProperty + " an address of this machine)");
        }
    }
}
