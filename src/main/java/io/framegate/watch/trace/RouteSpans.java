package io.framegate.watch.trace;

import io.opentelemetry.api.trace.SpanKind;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Creates a span, named after the route, for each route that an exchange goes through. A trace begins where a packet or
 * a delivery comes in, not in a route that only other routes call, and not at a timer.
 */
final class RouteSpans implements RoutePolicyFactory {

    private static final Set<String> NOT_FIRST = Set.of("direct", "seda", "timer", "scheduler", "quartz", "cron");

    private final Spans spans;

    RouteSpans(Spans spans) {
        this.spans = spans;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new OfRoute(spans, routeId);
    }

    static final class OfRoute extends RoutePolicySupport {

        private final Spans spans;
        private final String id;

        OfRoute(Spans spans, String id) {
            this.spans = spans;
            this.id = id;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            OpenSpan open = Spans.isInSpan(exchange)
                    ? spans.begin(exchange, this, id, SpanKind.INTERNAL)
                    : first(exchange, SendSpans.scheme(route.getEndpoint()));
            if (open != null && open.isSampled()) {
                SpanAttributes.rejection(open.span(), exchange.getMessage(), id);
            }
        }

        private @Nullable OpenSpan first(Exchange exchange, String scheme) {
            return NOT_FIRST.contains(scheme)
                    ? null
                    : spans.beginFirst(
                            exchange, this, id, scheme.equals("netty") ? SpanKind.SERVER : SpanKind.CONSUMER);
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            OpenSpan open = Spans.sampled(exchange);
            // The first span ends with the exchange: a stopping Camel no longer calls this method.
            if (open != null && !(open.owner() == this && open.outer() == null)) {
                spans.end(exchange, this);
            }
        }
    }
}
