package io.framegate.tool.send;

import io.framegate.event.AsciiDigits;

/**
 * Where frames are sent.
 *
 * @param host name or address
 * @param port from 1
 */
record Receiver(String host, int port) {

    /** Reads {@code host:port} or {@code [::1]:port}. */
    static Receiver of(String text) {
        int colon = text.lastIndexOf(':');
        int port = colon < 0 ? -1 : AsciiDigits.parseInt(text.substring(colon + 1), -1);
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("receiver: " + text + " (expected: host:port, or [IPv6]:port)");
        }
        return new Receiver(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
