package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.watch.diagram.StepCounts;
import java.io.Reader;
import java.nio.file.Files;
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
        try (Reader shipped = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(shipped);
        }
        for (String name : properties.stringPropertyNames()) {
            if (name.matches("framegate\\.[a-z]+\\.directory")) {
                properties.setProperty(name, directory.resolve(name).toString());
            }
        }
        properties.setProperty("framegate.web.enabled", webEnabled);
        properties.setProperty("framegate.web.port", "0");
        properties.setProperty("framegate.camera.port", "0");
        properties.setProperty("framegate.frames.port", "0");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            GatewaySettings settings = new GatewaySettings(context);
            new StartChecks(context, settings).run();
            try (SharedParts parts = new SharedParts(context, settings)) {
                assertThat(parts.routes()).isNotNull();
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
