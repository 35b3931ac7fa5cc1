package io.framegate.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of hosts and addresses of servers. Clients report a wrong one in their own words, or wait for ever. */
public final class ServerAddresses {

    private static final String NAME = "[^\\s/@:,\\[\\]]+";
    private static final String IPV6 = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%\\w+)?";

    private static final Pattern HOST = Pattern.compile(NAME + "|\\[?" + IPV6 + "]?");
    private static final Pattern SERVER = Pattern.compile("(?:" + NAME + "|\\[" + IPV6 + "])(?::(.*))?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+._-]*://");

    private ServerAddresses() {}

    /** Returns whether a text is a host name or an IP address, without scheme and port. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    /** Returns whether a text is {@code host:port, host:port}. */
    static boolean areBrokers(String text) {
        for (String broker : text.split(",", -1)) {
            // Kafka's client accepts a protocol before the host.
            String server = SCHEME.matcher(broker.strip()).replaceFirst("");
            if (server.indexOf(':') < 0 || !isServer(server)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether each address in a text has a host and, if it has a port, one from 1 to 65535. */
    static boolean areAddresses(String text) {
        List<Integer> begins = new ArrayList<>();
        Matcher scheme = SCHEME.matcher(text);
        while (scheme.find()) {
            begins.add(scheme.start());
        }
        for (int i = 0; i < begins.size(); i++) {
            int end = i + 1 < begins.size() ? begins.get(i + 1) : text.length();
            if (!isAddress(text.substring(begins.get(i), end))) {
                return false;
            }
        }
        return !begins.isEmpty();
    }

    /** Returns whether an address has a host and, if it has a port, one from 1 to 65535. */
    public static boolean isAddress(String text) {
        String authority = SCHEME.matcher(text).replaceFirst("").split("[/?#]", 2)[0];
        String server = authority.substring(authority.lastIndexOf('@') + 1);
        // Brackets and commas around the addresses of a list.
        return isServer(server.replaceFirst("[),\\s]+$", ""));
    }

    private static boolean isServer(String text) {
        Matcher server = SERVER.matcher(text);
        return server.matches() && (server.group(1) == null || isPort(server.group(1)));
    }

    private static boolean isPort(String text) {
        try {
            return Numbers.parse(text, 1, 65535) > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
