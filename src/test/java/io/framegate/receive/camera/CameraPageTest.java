package io.framegate.receive.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code src/docs/camera.md} says is what the endpoint's annotations say. A failure shows the right table. */
@Execution(ExecutionMode.CONCURRENT)
class CameraPageTest {

    private static final Path PAGE = Path.of("src/docs/camera.md");

    private static List<EndpointOptionModel> options() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            ComponentModel model = JsonMapper.generateComponentModel(context.getComponentParameterJsonSchema("camera"));
            return model.getEndpointOptions().stream()
                    .filter(option -> CameraOptions.class.getName().equals(option.getConfigurationClass()))
                    .toList();
        }
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    @Test
    void tableHasTheOptions() throws IOException {
        StringBuilder table = new StringBuilder("| option | default | property | meaning |\n|---|---|---|---|\n");
        for (EndpointOptionModel option : options()) {
            Setting<?> property = ListenerOptions.PROPERTIES.get(option.getName());
            Object standard = option.getDefaultValue();
            String choices = option.getEnums() == null ? "" : code(String.join("`, `", option.getEnums())) + ". ";
            table.append("| ").append(code(option.getName()));
            table.append(" | ").append(standard == null ? "none" : code(standard.toString()));
            table.append(" | ").append(property == null ? "" : code(property.name()));
            table.append(" | ").append(choices).append(option.getDescription()).append(" |\n");
        }
        assertThat(Files.readString(PAGE).contains(table))
                .withFailMessage("%s (expected):%n%s", PAGE, table)
                .isTrue();
    }

    @Test
    void optionHasTheDefaultAndTheValuesOfItsProperty() throws IOException {
        Map<String, Setting<?>> properties = ListenerOptions.PROPERTIES;
        assertThat(options())
                .filteredOn(option -> properties.containsKey(option.getName()))
                .hasSize(properties.size())
                .allSatisfy(option -> {
                    Setting<?> property = Objects.requireNonNull(properties.get(option.getName()));
                    Object standard = option.getDefaultValue();
                    assertThat(standard == null ? "" : standard.toString()).isEqualTo(property.standard());
                    if (option.getEnums() != null) {
                        assertThat(code(String.join("`, `", option.getEnums())))
                                .isEqualTo(property.type().expected());
                    }
                });
    }

    @Test
    void routesOfThePageLoad() throws Exception {
        List<String> routes = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult route) -> route.group(1))
                .toList();
        assertThat(routes).hasSize(3);
        for (String route : routes) {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.camel.yaml", route));
                assertThat(context.getRouteDefinitions()).hasSize(1);
            }
        }
    }
}
