package io.framegate.tool;

import io.framegate.event.AsciiDigits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a gateway or receiver.
 *
 * @param host a name or an IP address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    private static final Pattern TEXT = Pattern.compile("(?:([^\\s:/@\\[\\]]+)|\\[([0-9A-Za-z:.%]+)]):([0-9]{1,5})");

    /** Reads {@code host:port} or {@code [::1]:port}. */
    public static HostPort of(String text) {
        Matcher matcher = TEXT.matcher(text);
        int port = matcher.matches() ? AsciiDigits.parseInt(matcher.group(3), -1) : -1;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("--to: " + text + " (expected: host:port, or [IPv6]:port)");
        }
        String name = matcher.group(1);
        return new HostPort(name == null ? matcher.group(2) : name, port);
    }

    /** The text that {@link #of} reads. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
