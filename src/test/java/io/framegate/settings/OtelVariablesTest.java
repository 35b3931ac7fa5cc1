package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables of OpenTelemetry stand in for empty properties. */
class OtelVariablesTest {

    private final Map<String, String> values =
            new HashMap<>(Catalogue.standard().defaults());

    private TracingSettings tracing(Map<String, String> variables) {
        return TracingSettings.of(new Settings(Catalogue.standard(), values::get), variables);
    }

    @Test
    void withoutAnyTheDefaultsHold() {
        values.put("framegate.node", "hall-3");
        for (Map<String, String> none : List.of(Map.<String, String>of(), Map.of("OTEL_SERVICE_NAME", " "))) {
            assertThat(tracing(none))
                    .isEqualTo(new TracingSettings(
                            URI.create("http://127.0.0.1:4318/v1/traces"),
                            Map.of(),
                            1,
                            "framegate",
                            Map.of("service.instance.id", "hall-3")));
        }
    }

    @Test
    void allOfThemAreRead() {
        TracingSettings tracing = tracing(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://otlp.example.org/otlp/",
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20abc,X-Scope-OrgID=tenant",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_SERVICE_NAME", "gate",
                "OTEL_RESOURCE_ATTRIBUTES", "service.name=other,service.instance.id=7,site=hall%2C3",
                "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", "0.25"));
        assertThat(tracing.collector()).hasToString("https://otlp.example.org/otlp/v1/traces");
        assertThat(tracing.headers()).isEqualTo(Map.of("Authorization", "Basic abc", "X-Scope-OrgID", "tenant"));
        assertThat(tracing.service()).isEqualTo("gate");
        assertThat(tracing.attributes()).containsEntry("site", "hall,3").containsEntry("service.instance.id", "7");
        assertThat(tracing.sample()).isEqualTo(0.25);
        assertThat(tracing.toString()).contains("Authorization").doesNotContain("Basic abc");
    }

    @Test
    void thoseForTracesComeFirstAndTheirAddressIsWhole() {
        TracingSettings tracing = tracing(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://all:4318",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://traces:4318/own/path",
                "OTEL_EXPORTER_OTLP_HEADERS", "a=all",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=traces",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"));
        assertThat(tracing.collector()).hasToString("http://traces:4318/own/path");
        assertThat(tracing.headers()).isEqualTo(Map.of("b", "traces"));
    }

    @Test
    void propertiesComeBeforeThem() {
        values.put("framegate.tracing.endpoint", "http://own:4318");
        values.put("framegate.tracing.headers", "c=own");
        values.put("framegate.tracing.sample", "50%");
        values.put("framegate.tracing.service", "own");
        values.put("framegate.tracing.attributes", "site=own");
        TracingSettings tracing = tracing(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_HEADERS", "no header",
                "OTEL_TRACES_SAMPLER", "jaeger_remote",
                "OTEL_SERVICE_NAME", "other",
                "OTEL_RESOURCE_ATTRIBUTES", "other"));
        assertThat(tracing.collector()).hasToString("http://own:4318/v1/traces");
        assertThat(tracing.headers()).isEqualTo(Map.of("c", "own"));
        assertThat(tracing.sample()).isEqualTo(0.5);
        assertThat(tracing.service()).isEqualTo("own");
        assertThat(tracing.attributes()).containsEntry("site", "own");
    }

    @Test
    void theAttributeNamesTheServiceIfNothingElseDoes() {
        assertThat(tracing(Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.name=gate"))
                        .service())
                .isEqualTo("gate");
    }

    @ParameterizedTest
    @CsvSource({
        "always_on,'',1",
        "parentbased_always_on,0.1,1",
        "always_off,'',0",
        "parentbased_always_off,'',0",
        "traceidratio,'',1",
        "traceidratio,1,1",
        "traceidratio,1.0,1",
        "traceidratio,0,0",
        "parentbased_traceidratio,.5,0.5",
    })
    void samplersSayWhichPart(String sampler, String argument, double part) {
        assertThat(tracing(Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", argument))
                        .sample())
                .isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_PROTOCOL,grpc",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,http/json",
        "OTEL_EXPORTER_OTLP_ENDPOINT,collector:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT,http://somebody:secret@collector:4318",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,http://collector/?key=secret",
        "OTEL_EXPORTER_OTLP_HEADERS,secret",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS,Authorization=secret%0A",
        "OTEL_TRACES_SAMPLER,xray",
        "OTEL_TRACES_SAMPLER_ARG,2",
        "OTEL_TRACES_SAMPLER_ARG,1.5",
        "OTEL_TRACES_SAMPLER_ARG,half",
        "OTEL_RESOURCE_ATTRIBUTES,site",
    })
    void whatCannotBeFollowedIsRefusedByName(String variable, String value) {
        Map<String, String> variables = new HashMap<>(Map.of(variable, value));
        variables.putIfAbsent("OTEL_TRACES_SAMPLER", "traceidratio");
        assertThatThrownBy(() -> tracing(variables))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(variable + ": ")
                .hasMessageContaining("(expected: ")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", " true "})
    void theSwitchIsReadInAnyCase(String value) {
        assertThat(new OtelVariables(Map.of("OTEL_SDK_DISABLED", value)).isDisabled())
                .isTrue();
        assertThat(new OtelVariables(Map.of("OTEL_SDK_DISABLED", "1")).isDisabled())
                .isFalse();
        assertThat(new OtelVariables(Map.of()).isDisabled()).isFalse();
    }
}
