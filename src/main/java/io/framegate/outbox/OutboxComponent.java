package io.framegate.outbox;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * Reads the images and events to deliver to a target: {@code from: outbox:ftp?concurrency=2}. Each exchange has the
 * image's file as its body, and the headers with which the image was stored. An option that the URI does not set comes
 * from the target's properties: {@code concurrency} from {@code framegate.deliver.ftp.concurrency}.
 *
 * <p>Images of one camera are delivered in their order, one after the other. Images of different cameras are delivered
 * at the same time. An exchange that succeeds is delivered. An exchange that fails is set aside with its reason, so the
 * route's error handling decides how many attempts come first. Claims that are not done when the route stops are
 * delivered after the next start.
 */
@Component("outbox")
public final class OutboxComponent extends DefaultComponent {

    /** The name of the {@link Outbox} in the registry. */
    public static final String OUTBOX = "outbox";

    private static final Map<String, String> OF_ALL_TARGETS =
            Map.of("images", "framegate.images.directory", "reference", "framegate.deliver.reference");

    private static final Map<String, String> OF_A_TARGET = Map.of(
            "concurrency", "concurrency",
            "name", "name",
            "payload", "payload",
            "maxSize", "max-size",
            "tooLarge", "too-large",
            "sidecar", "sidecar");

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Outbox outbox = CamelContextHelper.mandatoryLookup(getCamelContext(), OUTBOX, Outbox.class);
        if (getCamelContext()
                .resolvePropertyPlaceholders("{{framegate.deliver." + remaining + ".enabled:false}}")
                .equalsIgnoreCase("true")) {
            // The target is only now known if a route of an application is the first to name it.
            outbox.add(remaining);
        }
        outbox.order().put(remaining, property("framegate.deliver." + remaining + ".after"));
        OutboxEndpoint endpoint = new OutboxEndpoint(uri, this, outbox, remaining);
        setProperties(endpoint, properties(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The endpoint's options that the gateway's properties set. */
    private Map<String, Object> properties(String target) {
        Map<String, Object> given = new HashMap<>();
        OF_ALL_TARGETS.forEach((option, property) -> put(given, option, property));
        OF_A_TARGET.forEach((option, property) -> put(given, option, "framegate.deliver." + target + "." + property));
        return given;
    }

    private void put(Map<String, Object> given, String option, String property) {
        String value = property(property);
        if (!value.isEmpty()) {
            given.put(option, value);
        }
    }

    private String property(String name) {
        return getCamelContext().resolvePropertyPlaceholders("{{" + name + ":}}");
    }
}
