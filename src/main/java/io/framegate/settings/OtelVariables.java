package io.framegate.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The environment variables of OpenTelemetry that replace empty properties of tracing. An empty variable counts as
 * unset. An unsupported value is refused with a {@link SettingException} that names the variable. It shows no headers
 * or addresses, which may be secrets. Immutable.
 */
final class OtelVariables {

    private static final String ALWAYS_ON = "always_on";
    private static final String ALWAYS_OFF = "always_off";
    private static final String RATIO = "traceidratio";
    private static final String BY_PARENT = "parentbased_";

    /** The prefix makes no difference: a packet has no parent, and the parent of a delivery is its packet. */
    private static final List<String> SAMPLERS =
            List.of(ALWAYS_ON, ALWAYS_OFF, RATIO, BY_PARENT + ALWAYS_ON, BY_PARENT + ALWAYS_OFF, BY_PARENT + RATIO);

    private static final Pattern FRACTION = Pattern.compile("[01](\\.[0-9]{1,9})?|\\.[0-9]{1,9}");

    private final Map<String, String> variables;

    OtelVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Whether {@code OTEL_SDK_DISABLED} switches tracing off. */
    boolean isDisabled() {
        return variables.getOrDefault("OTEL_SDK_DISABLED", "").strip().equalsIgnoreCase("true");
    }

    /**
     * Returns the address of the collector. The address for traces is used unchanged; {@code /v1/traces} is added to
     * the other one.
     */
    Optional<URI> collector() {
        ofTraces("PROTOCOL", Types.choice(List.of("http/protobuf")));
        return read("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", CollectorAddress.WHOLE)
                .or(() -> read("OTEL_EXPORTER_OTLP_ENDPOINT", CollectorAddress.BASE));
    }

    Optional<Map<String, String>> headers() {
        return ofTraces("HEADERS", TracingSettings.HEADER_VALUES);
    }

    /** Returns the share of packets that are traced, from 0 to 1. */
    Optional<Double> sample() {
        return read("OTEL_TRACES_SAMPLER", Types.choice(SAMPLERS))
                .map(name -> name.replace(BY_PARENT, ""))
                .map(name -> name.equals(ALWAYS_ON) ? 1.0 : name.equals(ALWAYS_OFF) ? 0.0 : fraction());
    }

    private double fraction() {
        return read("OTEL_TRACES_SAMPLER_ARG", new Type<>("a number from 0 to 1", OtelVariables::fraction))
                .orElse(1.0);
    }

    private static double fraction(String text) {
        double fraction = FRACTION.matcher(text).matches() ? Double.parseDouble(text) : -1;
        if (fraction < 0 || fraction > 1) {
            throw new IllegalArgumentException();
        }
        return fraction;
    }

    Optional<String> service() {
        return read("OTEL_SERVICE_NAME", Types.text());
    }

    Optional<Map<String, String>> attributes() {
        return read("OTEL_RESOURCE_ATTRIBUTES", TracingSettings.ATTRIBUTE_VALUES);
    }

    /** The variable for traces takes precedence over the variable for all signals. */
    private <T> Optional<T> ofTraces(String name, Type<T> type) {
        return read("OTEL_EXPORTER_OTLP_TRACES_" + name, type).or(() -> read("OTEL_EXPORTER_OTLP_" + name, type));
    }

    private <T> Optional<T> read(String variable, Type<T> type) {
        String text = variables.getOrDefault(variable, "").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Setting<>(variable, type, "", "").read(text));
    }
}
