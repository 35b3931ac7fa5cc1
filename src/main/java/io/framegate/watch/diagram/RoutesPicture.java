package io.framegate.watch.diagram;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running routes as they are shown: what is not known is absent. Immutable.
 *
 * @param routes in the order in which Camel has made them
 * @param errors what happens when a step of them fails
 */
@JsonInclude(Include.NON_EMPTY)
record RoutesPicture(String now, List<RunningRoute> routes, List<ErrorHandling> errors) {

    /**
     * A route.
     *
     * @param file the name of the file it is from
     * @param address where it listens, if it does
     * @param total exchanges that are through it since it was made
     * @param meanMillis how long one took
     * @param maxMillis how long the slowest of late took
     */
    @JsonInclude(Include.NON_EMPTY)
    record RunningRoute(
            String id,
            @Nullable String file,
            @Nullable Integer line,
            @Nullable String description,
            String from,
            @Nullable String address,
            String status,
            @Nullable String since,
            long total,
            long failed,
            long inFlight,
            @Nullable Double meanMillis,
            @Nullable Double maxMillis,
            List<Step> steps) {}

    /**
     * A step of a route, or a branch of one.
     *
     * @param kind Camel's name for it: {@code choice}, {@code to}, {@code setHeader}
     * @param text what it works on: an expression, a bean, an endpoint
     * @param leadsTo ids of the routes it leads to
     * @param through what carries an exchange there, if it is not the step itself
     * @param total exchanges that are through it, failed or not; in a branch, through its first step
     * @param failed absent in a branch
     */
    @JsonInclude(Include.NON_EMPTY)
    record Step(
            String id,
            String kind,
            String text,
            @Nullable Integer line,
            @Nullable String description,
            List<String> leadsTo,
            @Nullable String through,
            @Nullable Long total,
            @Nullable Long failed,
            @Nullable Long inFlight,
            List<Step> steps) {}

    /**
     * A route configuration that is in force.
     *
     * @param routes ids of those it applies to
     */
    @JsonInclude(Include.NON_EMPTY)
    record ErrorHandling(@Nullable String id, @Nullable String file, List<String> routes, List<Handler> handlers) {}

    /**
     * What happens on some exceptions.
     *
     * @param retries how often a step is tried again
     */
    @JsonInclude(Include.NON_EMPTY)
    record Handler(String id, List<String> exceptions, String retries, List<Step> steps) {}
}
