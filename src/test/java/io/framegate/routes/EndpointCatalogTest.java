package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tools like Kaoto read of the gateway's own endpoints. The build generates it from their annotations. */
class EndpointCatalogTest {

    private static ComponentModel model(String scheme) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            String json = context.getComponentParameterJsonSchema(scheme);
            assertThat(json).as("schema of %s:", scheme).isNotNull();
            return JsonMapper.generateComponentModel(json);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camera | host, port, format, split, rejects, maxFrameLength, maxInFlight, ssl, backlog, workerGroup",
                "outbox | target, concurrency, images, maxSize, name, payload, reference, sidecar, tooLarge",
                "frames | source, cameraId, interval, loop, quality, report, size",
                "store | directoryName, claims, durability, fileExist, fileName, numbers",
            })
    void optionsOfAnEndpointAreInTheCatalogWithDescriptions(String scheme, String options) throws IOException {
        ComponentModel model = model(scheme);
        assertThat(model.getDescription()).isNotBlank();
        assertThat(model.getEndpointOptions())
                .extracting(BaseOptionModel::getName)
                .contains(options.split(", ", 0));
        assertThat(model.getEndpointOptions())
                .allSatisfy(option ->
                        assertThat(option.getDescription()).as(option.getName()).isNotBlank());
    }

    @Test
    void defaultsAndChoicesAreInTheCatalog() throws IOException {
        ComponentModel outbox = model("outbox");
        ComponentModel.EndpointOptionModel payload = outbox.getEndpointOptions().stream()
                .filter(option -> option.getName().equals("payload"))
                .findFirst()
                .orElseThrow();
        assertThat(payload.getDefaultValue()).isEqualTo("image");
        assertThat(payload.getEnums()).containsExactly("image", "event");
        assertThat(outbox.isConsumerOnly()).isTrue();
    }

    @Test
    void componentsAreListed() throws IOException {
        Properties listed = new Properties();
        listed.load(EndpointCatalogTest.class.getResourceAsStream(
                "/META-INF/services/org/apache/camel/component.properties"));
        assertThat(List.of(listed.getProperty("components").split(" ")))
                .containsExactly("camera", "frames", "outbox", "store");
    }

    @Test
    void optionsAreSetWithoutReflection() {
        for (String scheme : List.of("camera", "outbox", "frames", "store")) {
            assertThat(EndpointCatalogTest.class.getResource(
                            "/META-INF/services/org/apache/camel/configurer/" + scheme + "-endpoint"))
                    .isNotNull();
        }
    }
}
