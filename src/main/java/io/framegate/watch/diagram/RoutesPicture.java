package io.framegate.watch.diagram;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running routes as the page shows them. Unknown fields are absent. Immutable.
 *
 * @param routes in the order in which Camel has created them
 * @param errors the handling of failed steps
 * @param refused the files whose last edit was refused
 */
@JsonInclude(Include.NON_EMPTY)
record RoutesPicture(String now, List<RunningRoute> routes, List<ErrorHandling> errors, List<RefusedFile> refused) {

    /**
     * A file whose newest content was refused, so that the next start would fail.
     *
     * @param reason one line
     */
    @JsonInclude(Include.NON_EMPTY)
    record RefusedFile(String file, @Nullable Integer line, String reason) {}

    /**
     * A route.
     *
     * @param file the name of its file
     * @param address the address of a listener
     * @param total completed exchanges since the route was created
     * @param maxMillis the slowest recent exchange
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
     * A step of a route, or a branch of a step.
     *
     * @param kind Camel's name: {@code choice}, {@code to}, {@code setHeader}
     * @param text the expression, bean or endpoint
     * @param leadsTo ids of the routes that the step leads to
     * @param through {@code outbox} if the exchange gets there through the outbox
     * @param total completed exchanges, failed ones included; for a branch, those of its first step
     * @param failed absent for a branch
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
     * A route configuration in use.
     *
     * @param routes ids of the routes that it applies to
     */
    @JsonInclude(Include.NON_EMPTY)
    record ErrorHandling(@Nullable String id, @Nullable String file, List<String> routes, List<Handler> handlers) {}

    /**
     * The handling of some exceptions.
     *
     * @param retries the number of retries, in words
     */
    @JsonInclude(Include.NON_EMPTY)
    record Handler(String id, List<String> exceptions, String retries, List<Step> steps) {}
}
