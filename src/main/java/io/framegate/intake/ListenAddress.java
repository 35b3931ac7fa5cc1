package io.framegate.intake;

import io.framegate.settings.Setting;
import io.framegate.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Checks an address before anything listens on it, because Camel's own error names neither the port nor the property.
 */
public final class ListenAddress {

    private ListenAddress() {}

    /**
     * Throws in one line why nothing can listen on the address that these two properties give; port 0 is any free one.
     */
    public static void check(Settings settings, Setting<String> host, Setting<Integer> port) {
        check(settings, host, port.name(), settings.get(port));
    }

    /** The same for a port whose property has this name. */
    public static void check(Settings settings, Setting<String> host, String property, int number) {
        String name = settings.get(host);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(name), number));
        } catch (IOException e) {
            throw new IllegalStateException(
                    property + ": " + name + ":" + number + " cannot be listened on, " + e.getMessage()
                            + " (expected: a free port, and in " + host.name() + " an address of this machine)");
        }
    }
}
