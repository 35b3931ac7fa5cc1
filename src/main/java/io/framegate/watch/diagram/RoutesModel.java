package io.framegate.watch.diagram;

import io.framegate.reload.RouteProblem;
import io.framegate.watch.diagram.RoutesPicture.ErrorHandling;
import io.framegate.watch.diagram.RoutesPicture.Handler;
import io.framegate.watch.diagram.RoutesPicture.RefusedFile;
import io.framegate.watch.diagram.RoutesPicture.RunningRoute;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.EndpointServiceLocation;
import org.jspecify.annotations.Nullable;

/**
 * Reads the running routes and their error handling from Camel's model. Thread-safe.
 */
final class RoutesModel {

    private final ModelCamelContext context;
    private final StepCounts counts;
    private final MeterRegistry metrics;
    private final Supplier<List<RouteProblem>> refused;

    RoutesModel(CamelContext context, StepCounts counts, MeterRegistry metrics, Supplier<List<RouteProblem>> refused) {
        this.context = (ModelCamelContext) context;
        this.counts = counts;
        this.metrics = metrics;
        this.refused = refused;
    }

    RoutesPicture picture() {
        List<Route> running = context.getRoutes();
        StepTree steps = new StepTree(context, counts, new RouteLinks(context, running));
        RouteFigures figures = new RouteFigures(metrics);
        List<RunningRoute> routes = new ArrayList<>();
        List<RouteDefinition> definitions = new ArrayList<>();
        for (Route route : running) {
            // Null if a reload has just removed it.
            RouteDefinition definition = context.getRouteDefinition(route.getRouteId());
            if (definition != null) {
                definitions.add(definition);
                routes.add(route(route, definition, steps, figures));
            }
        }
        List<RefusedFile> refusals = refused.get().stream()
                .map(problem -> new RefusedFile(problem.file(), problem.line(), problem.reason()))
                .toList();
        return new RoutesPicture(Instant.now().toString(), routes, errors(definitions, steps), refusals);
    }

    private RunningRoute route(Route route, RouteDefinition definition, StepTree steps, RouteFigures figures) {
        String id = route.getRouteId();
        return new RunningRoute(
                id,
                file(definition.getLocation()),
                StepTree.line(definition),
                route.getDescription(),
                StepText.uri(StepText.filled(
                        context, definition, definition.getInput().getEndpointUri())),
                address(route.getEndpoint()),
                Objects.toString(context.getRouteController().getRouteStatus(id), "Removed"),
                since(route),
                figures.total(id),
                figures.failed(id),
                context.getInflightRepository().size(id),
                figures.meanMillis(id),
                figures.maxMillis(id),
                steps.of(definition.getOutputs().stream()
                        .filter(step -> !step.isAbstract())
                        .toList()));
    }

    private static @Nullable String since(Route route) {
        long uptime = route.getUptimeMillis();
        return uptime == 0 ? null : Instant.now().minusMillis(uptime).toString();
    }

    /** The address of a listener. Addresses of other endpoints may contain secrets. */
    private static @Nullable String address(Endpoint endpoint) {
        return endpoint.getEndpointUri().startsWith("netty") && endpoint instanceof EndpointServiceLocation location
                ? StepText.uri(location.getServiceUrl()).replaceFirst("^[a-z]+:/*", "")
                : null;
    }

    private static @Nullable String file(@Nullable String location) {
        return location == null ? null : location.replaceFirst(".*[:/\\\\]", "");
    }

    /** Error handlers of running routes only; Camel's list also has replaced ones. */
    private List<ErrorHandling> errors(List<RouteDefinition> running, StepTree steps) {
        List<ErrorHandling> all = new ArrayList<>();
        for (RouteConfigurationDefinition configuration : List.copyOf(context.getRouteConfigurationDefinitions())) {
            List<String> routes = running.stream()
                    .filter(route -> has(route, configuration.getOnExceptions()))
                    .map(RouteDefinition::getId)
                    .toList();
            if (!routes.isEmpty()) {
                all.add(new ErrorHandling(
                        configuration.hasCustomIdAssigned() ? configuration.getId() : null,
                        file(configuration.getOnExceptions().get(0).getLocation()),
                        routes,
                        configuration.getOnExceptions().stream()
                                .map(on -> handler(on, steps))
                                .toList()));
            }
        }
        return all;
    }

    private static boolean has(RouteDefinition route, List<OnExceptionDefinition> handlers) {
        return route.getOutputs().stream().anyMatch(output -> handlers.stream().anyMatch(on -> on == output));
    }

    private Handler handler(OnExceptionDefinition on, StepTree steps) {
        List<String> exceptions = on.getExceptions().stream()
                .map(name -> StepText.classes(List.of(name)))
                .toList();
        return new Handler(on.getId(), exceptions, retries(on), steps.of(on.getOutputs()));
    }

    private static String retries(OnExceptionDefinition on) {
        String most = on.getRedeliveryPolicyType() == null
                ? null
                : on.getRedeliveryPolicyType().getMaximumRedeliveries();
        if (on.getRetryWhile() != null && on.getRetryWhile().getExpressionType() != null) {
            return "as long as " + on.getRetryWhile().getExpressionType().getExpression() + " says";
        }
        if (on.getRedeliveryPolicyRef() != null) {
            return "as " + on.getRedeliveryPolicyRef() + " says";
        }
        return most == null || most.equals("0") ? "never" : most + " times";
    }
}
