package io.framegate.intake;

import io.framegate.settings.Setting;
import io.framegate.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;

/** Checks an address before a listener binds it, because Camel's own error names neither the port nor the property. */
public final class ListenAddress {

    private ListenAddress() {}

    /**
     * Checks the address of these two properties. Throws with a reason of one line if nothing can listen on it.
     *
     * @return the port; a free one if the property is 0
     */
    public static int check(Settings settings, Setting<String> host, Setting<Integer> port) {
        return check(settings, host, port.name(), settings.get(port));
    }

    /**
     * Checks an address, and replaces port 0 by a free port, so that the log, the health and reloads have its number.
     */
    public static void choose(CamelContext context, Settings settings, Setting<String> host, Setting<Integer> port) {
        int free = check(settings, host, port);
        if (settings.get(port) == 0) {
            context.getPropertiesComponent().addOverrideProperty(port.name(), Integer.toString(free));
        }
    }

    /** As {@link #check(Settings, Setting, Setting)}, for a port whose property has this name. */
    public static int check(Settings settings, Setting<String> host, String property, int number) {
        String name = settings.get(host);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(name), number));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    property + ": " + name + ":" + number + " cannot be listened on, " + e.getMessage()
                            + " (expected: a free port, and in " + host.name() + " an address of this machine)");
        }
    }
}
