package io.framegate.watch.trace;

import java.net.URI;
import java.util.Map;

/**
 * Where spans go, and which.
 *
 * @param collector the address that takes them, {@code http://127.0.0.1:4318/v1/traces}
 * @param headers of each request to it; they may be secrets
 * @param sample of how many packets, above 0 and up to 1
 * @param service what the gateway is called in traces
 * @param attributes what else is said of it
 */
public record TracingSettings(
        URI collector, Map<String, String> headers, double sample, String service, Map<String, String> attributes) {

    private static final String TRACES = "/v1/traces";

    public TracingSettings {
        headers = Map.copyOf(headers);
        attributes = Map.copyOf(attributes);
    }

    /**
     * Where a collector at this address takes spans: {@code /v1/traces} is added, as OTLP has it, unless it is there.
     *
     * @throws IllegalArgumentException unless it is an address of HTTP or HTTPS without user, query and fragment
     */
    public static URI collector(String endpoint) {
        URI address = URI.create(endpoint);
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getPort() == 0 || address.getPort() > 65_535) {
            throw new IllegalArgumentException("no address of HTTP or HTTPS");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("user, query or fragment in an address");
        }
        String base = endpoint.replaceFirst("/+$", "");
        return base.endsWith(TRACES) ? address : URI.create(base + TRACES);
    }

    /**
     * A part of all packets: {@code 1%} is 0.01.
     *
     * @throws IllegalArgumentException unless it is more than 0% and at most 100%
     */
    public static double sample(String percent) {
        if (!percent.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%")) {
            throw new IllegalArgumentException("no percentage");
        }
        double part = Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100;
        if (part <= 0 || part > 1) {
            throw new IllegalArgumentException("not between 0% and 100%");
        }
        return part;
    }

    /** Says no header's value. */
    @Override
    public String toString() {
        return "TracingSettings[" + collector + ", headers " + headers.keySet() + ", " + sample + ", " + service + ", "
                + attributes + "]";
    }
}
