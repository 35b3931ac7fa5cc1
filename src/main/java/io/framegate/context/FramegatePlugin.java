package io.framegate.context;

import io.framegate.outbox.deliver.UploadEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.PropertiesComponent;

/**
 * Offers the gateway's parts to the routes of any Camel context. Camel loads it by its service file when a context is
 * built, before routes are read.
 *
 * <p>The parts are beans. They are created when a route, a component or a bean first looks up one of them, with the
 * current values of the context's properties. Until then the context has no thread, directory or log line of the
 * gateway. The parts close when the context has stopped its routes. If properties are invalid, the lookup fails with an
 * {@link IllegalArgumentException} that has one line for each of them.
 *
 * <p>All {@code framegate.*} properties have their defaults in the context's placeholders. Beans and properties of the
 * application take precedence. The plugin changes no log, server or system property of the application.
 */
public final class FramegatePlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        PartsLifecycle parts = new PartsLifecycle(context);
        context.getCamelContextExtension().addContextPlugin(PartsLifecycle.class, parts);
        bind(context, new DefaultProperties(context, parts::settings));
        context.getCamelContextExtension().registerEndpointCallback(FramegatePlugin::upload);
        context.addLifecycleStrategy(parts);
        parts.bind();
    }

    private static void bind(CamelContext context, DefaultProperties defaults) {
        // Spring Boot replaces the context's component later. Each component finds the source in the registry when it
        // starts.
        context.getRegistry().bind(defaults.getName(), defaults);
        PropertiesComponent component = context.getPropertiesComponent();
        if (!component.getPropertiesSources().contains(defaults)) {
            component.addPropertiesSource(defaults);
        }
    }

    /** Only for uploads of the outbox. Other FTP endpoints of the application stay Camel's. */
    private static Endpoint upload(String uri, Endpoint endpoint) {
        return uri.contains("FramegateUpload") ? UploadEndpoint.of(uri, endpoint) : endpoint;
    }
}
