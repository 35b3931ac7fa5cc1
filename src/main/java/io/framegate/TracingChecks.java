package io.framegate;

import io.framegate.settings.NamedValues;
import io.framegate.watch.trace.TracingSettings;

/** What must hold of tracing, if it is on. Of headers, which may be secrets, a refusal says only which one is wrong. */
public final class TracingChecks {

    public static final String ENABLED = "framegate.tracing.enabled";

    private static final String ENDPOINT = "framegate.tracing.endpoint";
    private static final String HEADERS = "framegate.tracing.headers";
    private static final String SAMPLE = "framegate.tracing.sample";
    private static final String SERVICE = "framegate.tracing.service";
    private static final String ATTRIBUTES = "framegate.tracing.attributes";

    private final GatewaySettings settings;

    public TracingChecks(GatewaySettings settings) {
        this.settings = settings;
    }

    void run() {
        if (isOn()) {
            endpoint();
            settings.check(
                    SAMPLE,
                    "a part of the packets above 0% and up to 100%",
                    value -> TracingSettings.sample(value) > 0);
            settings.check(SERVICE, "a name", value -> !value.isEmpty());
            settings.check(ATTRIBUTES, "name=value,name=value", value -> NamedValues.parse(value) != null);
            headers();
        }
    }

    private void endpoint() {
        String endpoint = settings.property(ENDPOINT).strip();
        try {
            TracingSettings.collector(endpoint);
        } catch (IllegalArgumentException e) {
            boolean secret = endpoint.contains("@") || endpoint.contains("?");
            throw new IllegalArgumentException(ENDPOINT + ": " + (secret ? "an address with user or query" : endpoint)
                    + " (expected: http://host:port, with a path if the collector has one; a login goes into "
                    + HEADERS
                    + ")");
        }
    }

    private void headers() {
        try {
            NamedValues.parseHeaders(settings.property(HEADERS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(HEADERS + ": " + e.getMessage());
        }
    }

    public boolean isOn() {
        return settings.property(ENABLED).strip().equals("true");
    }

    public TracingSettings settings() {
        return new TracingSettings(
                TracingSettings.collector(settings.property(ENDPOINT).strip()),
                NamedValues.parseHeaders(settings.property(HEADERS)),
                TracingSettings.sample(settings.property(SAMPLE).strip()),
                settings.property(SERVICE).strip(),
                NamedValues.parse(settings.property(ATTRIBUTES)));
    }
}
