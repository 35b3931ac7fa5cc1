package io.framegate.watch.diagram;

import io.framegate.outbox.ClaimsFor;
import io.framegate.store.StoreEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * To which of the running routes a step leads: those that read from where it sends to, and those that read what its
 * bean puts in the outbox. Not thread-safe; made for one look at the routes.
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
        return readers.getOrDefault(
                plain(resolved(StepText.filled(step, address.replaceFirst("\\?.*", "")))), List.of());
    }

    private String resolved(String address) {
        try {
            return context.resolvePropertyPlaceholders(address);
        } catch (IllegalArgumentException e) {
            // A placeholder that has a value only while its route is made from a template.
            return address;
        }
    }

    /** Ids of the routes that deliver what a step claims for their targets. */
    List<String> throughOutbox(NamedNode step) {
        return claims(step)
                .map(claims -> claims.targets(context).stream()
                        .flatMap(target -> readers.getOrDefault("outbox:" + target, List.of()).stream())
                        .toList())
                .orElse(List.of());
    }

    private Optional<ClaimsFor> claims(NamedNode step) {
        if (step instanceof ProcessDefinition process && process.getRef() != null) {
            // A placeholder is a template's local bean, which the registry does not know.
            return process.getRef().contains("{{")
                    ? Optional.empty()
                    : claims(context.getRegistry().lookupByName(process.getRef()));
        }
        String address = address(step);
        if (address == null || !address.startsWith("store:")) {
            return Optional.empty();
        }
        String resolved = plain(context.resolvePropertyPlaceholders(address.replaceFirst("\\?.*", "")));
        return context.getEndpoints().stream()
                .filter(endpoint -> plain(endpoint.getEndpointBaseUri()).equals(resolved))
                .filter(StoreEndpoint.class::isInstance)
                .flatMap(endpoint -> claims(((StoreEndpoint) endpoint).getClaims()).stream())
                .findFirst();
    }

    private static Optional<ClaimsFor> claims(@Nullable Object of) {
        return of instanceof ClaimsFor claims ? Optional.of(claims) : Optional.empty();
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
