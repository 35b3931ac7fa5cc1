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
 * The running routes that a step leads to: routes that read from the endpoint it sends to, and routes that deliver the
 * claims of its bean or its endpoint. Not thread-safe; created for one request.
 */
final class RouteLinks {

    /** Steps whose expression is an endpoint URI. */
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

    /** The ids of the routes that a step sends to. */
    List<String> of(NamedNode step) {
        String address = address(step);
        if (address == null) {
            return List.of();
        }
        // The resolved address may contain a password; it is compared and never shown.
        return readers.getOrDefault(
                plain(resolved(StepText.filled(context, step, address.replaceFirst("\\?.*", "")))), List.of());
    }

    private String resolved(String address) {
        try {
            return context.resolvePropertyPlaceholders(address);
        } catch (IllegalArgumentException e) {
            // A placeholder that has a value only while its route is made from a template.
            return address;
        }
    }

    /** The ids of the routes that deliver the claims of a step. */
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

    /** Camel uses both {@code direct://x} and {@code direct:x}. */
    private static String plain(String uri) {
        return uri.replaceFirst("^([a-z0-9+-]+):/*", "$1:");
    }
}
