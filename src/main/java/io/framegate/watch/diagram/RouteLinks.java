package io.framegate.watch.diagram;

import io.framegate.outbox.ClaimsFor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.jspecify.annotations.Nullable;

/**
 * To which of the running routes a step leads: those that read from where it sends to, and those that read what its bean puts in the
 * outbox. Not thread-safe; made for one look at the routes.
 */
final class RouteLinks {

    /** Steps whose expression is an endpoint's address. */
    private static final Set<String> EXPRESSION_IS_ADDRESS =
            Set.of("enrich", "pollEnrich", "recipientList", "routingSlip");

    private final CamelContext context;
    private final Map<String, List<String>> readers = new HashMap<>();

    RouteLinks(CamelContext context, List<Route> routes) {
        this.context = context;
        for (Route route : routes) {
            readers.computeIfAbsent(plain(route.getEndpoint().getEndpointBaseUri()), from -> new ArrayList<>())
                    .add(route.getRouteId());
        }
    }

    /** Ids of the routes a step sends to. */
    List<String> of(NamedNode step) {
        String address = address(step);
        if (address == null) {
            return List.of();
        }
        // An address that holds a password leads to no route here: what it resolves to is compared, and not shown.
        String resolved = context.resolvePropertyPlaceholders(address.replaceFirst("\\?.*", ""));
        return readers.getOrDefault(plain(resolved), List.of());
    }

    /** Ids of the routes that deliver what a step claims for their targets. */
    List<String> throughOutbox(NamedNode step) {
        if (!(step instanceof ProcessDefinition process) || process.getRef() == null) {
            return List.of();
        }
        ClaimsFor claims =
                context.getRegistry().lookupByName(process.getRef()) instanceof ClaimsFor found ? found : null;
        if (claims == null) {
            return List.of();
        }
        return claims.targets(context).stream()
                .flatMap(target -> readers.getOrDefault("outbox:" + target, List.of()).stream())
                .toList();
    }

    private static @Nullable String address(NamedNode step) {
        if (step instanceof EndpointRequiredDefinition endpoint) {
            return endpoint.getEndpointUri();
        }
        if (step instanceof ToDynamicDefinition to) {
            return to.getUri();
        }
        return EXPRESSION_IS_ADDRESS.contains(step.getShortName())
                        && step instanceof HasExpressionType has
                        && has.getExpressionType() instanceof ConstantExpression constant
                ? constant.getExpression()
                : null;
    }

    /** Camel writes {@code direct://x} and {@code direct:x}. */
    private static String plain(String uri) {
        return uri.replaceFirst("^([a-z0-9+-]+):/*", "$1:");
    }
}
