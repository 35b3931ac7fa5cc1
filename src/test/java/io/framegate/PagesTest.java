package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.context.GatewayParts;
import io.framegate.context.PartsLifecycle;
import io.framegate.watch.diagram.StepCounts;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.PropertiesComponent;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    @TempDir
    private Path directory = Path.of(".");

    private ListAssert<InterceptStrategy> interceptorsWith(String webEnabled) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PropertiesComponent properties = context.getPropertiesComponent();
            properties.addOverrideProperty("framegate.web.enabled", webEnabled);
            PartsLifecycle.of(context)
                    .settings()
                    .directories()
                    .forEach(setting -> properties.addOverrideProperty(
                            setting.name(), directory.resolve(setting.name()).toString()));
            GatewayParts parts = PartsLifecycle.of(context).parts();
            try (Pages pages = new Pages(context, PartsLifecycle.of(context).settings(), parts)) {
                assertThat(pages).isNotNull();
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
