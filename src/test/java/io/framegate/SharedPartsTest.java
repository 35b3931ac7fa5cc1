package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.settings.Catalogue;
import io.framegate.settings.Setting;
import io.framegate.settings.Settings;
import io.framegate.watch.diagram.StepCounts;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.InterceptStrategy;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedPartsTest {

    @TempDir
    private Path directory = Path.of(".");

    private ListAssert<InterceptStrategy> interceptorsWith(String webEnabled) throws Exception {
        Properties properties = new Properties();
        properties.putAll(Catalogue.standard().defaults());
        properties.setProperty("framegate.web.enabled", webEnabled);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            Settings settings =
                    new Settings(Catalogue.standard(), name -> context.resolvePropertyPlaceholders("{{" + name + "}}"));
            for (Setting<?> setting : settings.directories()) {
                properties.setProperty(
                        setting.name(), directory.resolve(setting.name()).toString());
            }
            try (SharedParts parts = new SharedParts(context, settings)) {
                assertThat(parts.outbox()).isNotNull();
                return assertThat(context.getCamelContextExtension().getInterceptStrategies());
            }
        }
    }

    @Test
    void stepsAreCountedOnlyIfSomebodyMayLook() throws Exception {
        interceptorsWith("true").hasAtLeastOneElementOfType(StepCounts.class);
        interceptorsWith("false").isEmpty();
    }
}
