package io.framegate.outbox;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * Reads what is to be delivered to a target: {@code from: outbox:ftp?concurrency=2}. Each exchange's body is the image's file and
 * its headers are those with which the image was stored.
 *
 * <p>Images of one camera come in their order, one after the other; those of several cameras side by side. An exchange that ends
 * well is delivered; one that fails is set aside with its reason, so the route's error handling says how often it is tried
 * before. What is not done when the route stops comes again.
 */
public final class OutboxComponent extends DefaultComponent {

    /** The name of the {@link Outbox} in the registry. */
    public static final String OUTBOX = "outbox";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Outbox outbox = CamelContextHelper.mandatoryLookup(getCamelContext(), OUTBOX, Outbox.class);
        OutboxEndpoint endpoint = new OutboxEndpoint(uri, this, outbox, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
