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
 * <p>The parts are beans that come to life when a route, a component or a bean first asks for one of them, with the
 * values that the context's properties have then. Until then the context has no thread, directory or log line of the
 * gateway. The parts close when the context has stopped its routes. Wrong properties fail what asked for the bean, with
 * an {@link IllegalArgumentException} that has one line for each of them.
 *
 * <p>All {@code framegate.*} properties have their defaults in the context's placeholders. Beans and properties of the
 * application take precedence. Nothing else of the application is changed: no log, server or system property.
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
        // Spring Boot replaces the context's component later; each finds the source in the registry when it begins.
        context.getRegistry().bind(defaults.getName(), defaults);
        PropertiesComponent component = context.getPropertiesComponent();
        if (!component.getPropertiesSources().contains(defaults)) {
            component.addPropertiesSource(defaults);
        }
    }

    /** Uploads of the outbox only; the application's own FTP stays Camel's. */
    private static Endpoint upload(String uri, Endpoint endpoint) {
        return uri.contains("FramegateUpload") ? UploadEndpoint.of(uri, endpoint) : endpoint;
    }
}
