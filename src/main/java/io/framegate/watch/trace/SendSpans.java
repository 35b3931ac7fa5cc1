package io.framegate.watch.trace;

import io.opentelemetry.api.trace.SpanKind;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Creates a span, named after the component ({@code file}, {@code http}, {@code kafka}), for each send to an external
 * endpoint. Each attempt is a span, so it is visible before the next attempt begins.
 */
final class SendSpans extends EventNotifierSupport {

    /** Components that only call other routes, which have their own spans. */
    private static final Set<String> INSIDE = Set.of("direct", "seda");

    private final Spans spans;

    SendSpans(Spans spans) {
        this.spans = spans;
        setIgnoreCamelContextInitEvents(true);
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        // Failed events stay on: without them, Camel does not report retries either.
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending) {
            begin(sending.getExchange(), sending.getEndpoint());
        } else if (event instanceof ExchangeSentEvent sent) {
            spans.end(sent.getExchange(), sent.getEndpoint());
        } else if (event instanceof ExchangeRedeliveryEvent again) {
            Spans.failedAttempt(again.getExchange(), again.getAttempt());
        }
    }

    private void begin(Exchange exchange, Endpoint endpoint) {
        String scheme = scheme(endpoint);
        if (INSIDE.contains(scheme)) {
            return;
        }
        SpanKind kind = scheme.equals("file") ? SpanKind.INTERNAL : SpanKind.CLIENT;
        OpenSpan open = spans.begin(exchange, endpoint, scheme, kind);
        if (open != null) {
            SpanAttributes.attempt(open.span(), exchange.getMessage());
        }
    }

    static String scheme(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }
}
