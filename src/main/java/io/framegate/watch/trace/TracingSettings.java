package io.framegate.watch.trace;

import java.net.URI;
import java.util.Map;

/**
 * The settings of tracing.
 *
 * @param collector the address for spans, {@code http://127.0.0.1:4318/v1/traces}
 * @param headers headers of each request; values may be secrets
 * @param sample the traced part of the packets, above 0 and up to 1
 * @param service the gateway's name in traces
 * @param attributes further attributes of the gateway
 */
public record TracingSettings(
        URI collector, Map<String, String> headers, double sample, String service, Map<String, String> attributes) {

    private static final String TRACES = "/v1/traces";

    public TracingSettings {
        headers = Map.copyOf(headers);
        attributes = Map.copyOf(attributes);
    }

    /**
     * Returns the address for spans of a collector: adds {@code /v1/traces}, the path of OTLP, unless it is there.
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
     * Reads a percentage: {@code 1%} is 0.01.
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

    /** Hides the values of headers. */
    @Override
    public String toString() {
        return "TracingSettings[" + collector + ", headers " + headers.keySet() + ", " + sample + ", " + service + ", "
                + attributes + "]";
    }
}
