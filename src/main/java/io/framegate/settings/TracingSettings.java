package io.framegate.settings;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The settings of tracing. An empty property takes its value from an environment variable of OpenTelemetry, or else a
 * default.
 *
 * @param collector the address of the collector: {@code http://127.0.0.1:4318/v1/traces}
 * @param headers the headers of each request to the collector, which may be secrets
 * @param sample the share of packets that are traced, from 0 to 1
 * @param service the gateway's name in traces
 * @param attributes further attributes of the gateway
 */
public record TracingSettings(
        URI collector, Map<String, String> headers, double sample, String service, Map<String, String> attributes) {

    static final Type<Map<String, String>> HEADER_VALUES =
            new Type<>("`name=value,name=value`", TracingSettings::headers).asSecret();

    static final Type<Map<String, String>> ATTRIBUTE_VALUES =
            new Type<>("`name=value,name=value`", NamedValues::encoded);

    static final Group GROUP = new Group("Traces", TracingSettings::of, TracingSettings::isOn);

    public static final Setting<Boolean> ENABLED =
            GROUP.add("framegate.tracing.enabled", Types.flag(), "false", "Turns tracing on.");

    private static final Setting<Optional<URI>> ENDPOINT = GROUP.add(
            "framegate.tracing.endpoint",
            orEmpty(CollectorAddress.BASE),
            "",
            "The collector, over HTTP or HTTPS (Java's trust store); `/v1/traces` is added. Else"
                    + " `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, used unchanged, `OTEL_EXPORTER_OTLP_ENDPOINT`,"
                    + " `http://127.0.0.1:4318`.");

    private static final Setting<Map<String, String>> HEADERS = GROUP.add(
            "framegate.tracing.headers",
            HEADER_VALUES,
            "",
            "Headers of each request: `Authorization=Basic%20dXNlcjpwYXNz,X-Scope-OrgID=tenant`; better given as an"
                    + " environment variable. Else `OTEL_EXPORTER_OTLP_TRACES_HEADERS`, `OTEL_EXPORTER_OTLP_HEADERS`.");

    private static final Setting<Optional<Double>> SAMPLE = GROUP.add(
            "framegate.tracing.sample",
            orEmpty(new Type<>("a percentage above `0%` and up to `100%`", TracingSettings::part)),
            "",
            "The share of packets that are traced: `1%`, `0.1%`. Else `OTEL_TRACES_SAMPLER` and"
                    + " `OTEL_TRACES_SAMPLER_ARG`, `100%`.");

    private static final Setting<String> SERVICE = GROUP.add(
            "framegate.tracing.service",
            Types.text(),
            "",
            "The gateway's name in traces. Else `OTEL_SERVICE_NAME`, the attribute `service.name`, `framegate`.");

    private static final Setting<Map<String, String>> ATTRIBUTES = GROUP.add(
            "framegate.tracing.attributes",
            ATTRIBUTE_VALUES,
            "",
            "Further attributes of the gateway: `deployment.environment=prod,site=hall-3`. Else"
                    + " `OTEL_RESOURCE_ATTRIBUTES`.");

    private static final URI LOCAL = CollectorAddress.ofTraces("http://127.0.0.1:4318");
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");

    public TracingSettings {
        headers = Map.copyOf(headers);
        attributes = Map.copyOf(attributes);
    }

    /** Returns whether the gateway traces: {@code OTEL_SDK_DISABLED} overrides a property that turns tracing on. */
    public static boolean isOn(Settings settings) {
        return settings.get(ENABLED) && !new OtelVariables(System.getenv()).isDisabled();
    }

    public static TracingSettings of(Settings settings) {
        return of(settings, System.getenv());
    }

    static TracingSettings of(Settings settings, Map<String, String> variables) {
        OtelVariables otel = new OtelVariables(variables);
        Map<String, String> attributes = new HashMap<>();
        attributes.put("service.instance.id", settings.get(WebSettings.NODE));
        attributes.putAll(orElse(settings.get(ATTRIBUTES), otel::attributes));
        String service = settings.get(SERVICE).strip();
        return new TracingSettings(
                settings.get(ENDPOINT).or(otel::collector).orElse(LOCAL),
                orElse(settings.get(HEADERS), otel::headers),
                settings.get(SAMPLE).or(otel::sample).orElse(1.0),
                service.isEmpty()
                        ? otel.service().orElse(attributes.getOrDefault("service.name", "framegate"))
                        : service,
                attributes);
    }

    private static Map<String, String> orElse(
            Map<String, String> given, Supplier<Optional<Map<String, String>>> variable) {
        return given.isEmpty() ? variable.get().orElse(Map.of()) : given;
    }

    private static <T> Type<Optional<T>> orEmpty(Type<T> type) {
        Type<Optional<T>> optional = new Type<>(
                "empty, or " + type.expected(),
                text -> text.isBlank()
                        ? Optional.empty()
                        : Optional.of(type.reader().apply(text)));
        return type.secret() ? optional.asSecret() : optional;
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

    /** Contains no values of headers, which may be secrets. */
    @Override
    public String toString() {
        return "TracingSettings[" + collector + ", headers " + headers.keySet() + ", " + sample + ", " + service + ", "
                + attributes + "]";
    }
}
