package io.framegate.settings;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where spans go, and which.
 *
 * @param collector the address that takes them, {@code http://127.0.0.1:4318/v1/traces}
 * @param headers of each request to it; they may be secrets
 * @param sample the part of all packets that is traced, above 0 and up to 1
 * @param service the gateway's name in traces
 * @param attributes further attributes of the gateway
 */
public record TracingSettings(
        URI collector, Map<String, String> headers, double sample, String service, Map<String, String> attributes) {

    static final Group GROUP = new Group("Traces", settings -> {}, settings -> settings.get(TracingSettings.ENABLED));

    public static final Setting<Boolean> ENABLED =
            GROUP.add("framegate.tracing.enabled", Types.flag(), "false", "Turns tracing on.");

    private static final Setting<URI> ENDPOINT = GROUP.add(
            "framegate.tracing.endpoint",
            new Type<>("`http://host:port`, with a path if the collector has one", TracingSettings::collector)
                    .asSecret(),
            "http://127.0.0.1:4318",
            "The collector, over HTTP or HTTPS (Java's trust store); `/v1/traces` is added.");

    private static final Setting<Map<String, String>> HEADERS = GROUP.add(
            "framegate.tracing.headers",
            new Type<>("`name=value,name=value`", TracingSettings::headers).asSecret(),
            "",
            "Headers of each request: `Authorization=Basic%20dXNlcjpwYXNz,X-Scope-OrgID=tenant`; better given as an"
                    + " environment variable.");

    private static final Setting<Double> SAMPLE = GROUP.add(
            "framegate.tracing.sample",
            new Type<>("a percentage above `0%` and up to `100%`", TracingSettings::part),
            "100%",
            "The part of the packets that is traced: `1%`, `0.1%`.");

    private static final Setting<String> SERVICE =
            GROUP.add("framegate.tracing.service", Types.given(), "framegate", "The gateway's name in traces.");

    private static final Setting<Map<String, String>> ATTRIBUTES = GROUP.add(
            "framegate.tracing.attributes",
            new Type<>("`name=value,name=value`", NamedValues::encoded),
            "",
            "Further attributes of the gateway: `deployment.environment=prod,site=hall-3`.");

    private static final String TRACES = "/v1/traces";
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");

    public TracingSettings {
        headers = Map.copyOf(headers);
        attributes = Map.copyOf(attributes);
    }

    public static TracingSettings of(Settings settings) {
        return new TracingSettings(
                settings.get(ENDPOINT),
                settings.get(HEADERS),
                settings.get(SAMPLE),
                settings.get(SERVICE),
                settings.get(ATTRIBUTES));
    }

    /**
     * Where a collector at this address takes spans: {@code /v1/traces} is added, as OTLP has it, unless it is there.
     */
    private static URI collector(String endpoint) {
        URI address = URI.create(endpoint);
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getPort() == 0 || address.getPort() > 65_535) {
            throw new IllegalArgumentException();
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "not shown (expected: an address without user, query and fragment; a login"
                            + " goes into framegate.tracing.headers)");
        }
        String base = endpoint.replaceFirst("/+$", "");
        return base.endsWith(TRACES) ? address : URI.create(base + TRACES);
    }

    private static Map<String, String> headers(String text) {
        return NamedValues.requireHeaders(NamedValues.encoded(text));
    }

    /** {@code 1%} is 0.01. */
    private static double part(String percent) {
        double part = PERCENT.matcher(percent).matches()
                ? Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100
                : 0;
        if (part <= 0 || part > 1) {
            throw new IllegalArgumentException();
        }
        return part;
    }

    /** Shows no header's value. */
    @Override
    public String toString() {
        return "TracingSettings[" + collector + ", headers " + headers.keySet() + ", " + sample + ", " + service + ", "
                + attributes + "]";
    }
}
