package io.framegate.watch.diagram;

import io.framegate.watch.diagram.RoutesPicture.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DisabledAwareDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.support.CamelContextHelper;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a route as a tree, without steps that a precondition left out or that are disabled. Not thread-safe;
 * created for one request.
 */
final class StepTree {

    private final CamelContext context;
    private final StepCounts counts;
    private final RouteLinks links;

    StepTree(CamelContext context, StepCounts counts, RouteLinks links) {
        this.context = context;
        this.counts = counts;
        this.links = links;
    }

    /** Returns these steps with all nested ones. */
    List<Step> of(Collection<? extends OptionalIdentifiedDefinition<?>> steps) {
        return steps.stream().filter(this::runs).flatMap(this::step).toList();
    }

    /** The line in the file, if Camel knows it. */
    static @Nullable Integer line(LineNumberAware definition) {
        return definition.getLineNumber() > 0 ? definition.getLineNumber() : null;
    }

    private boolean runs(OptionalIdentifiedDefinition<?> step) {
        return !isDisabled(step)
                && (counts.of(step) != null || nested(step).stream().anyMatch(this::runs));
    }

    /** Camel creates a disabled step and skips it. */
    private boolean isDisabled(OptionalIdentifiedDefinition<?> step) {
        return step instanceof DisabledAwareDefinition aware
                && Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, aware.getDisabled()));
    }

    /** Camel does not list the branches of a choice, and the catch clauses of a try, among the outputs. */
    private static List<OptionalIdentifiedDefinition<?>> nested(OptionalIdentifiedDefinition<?> step) {
        List<OptionalIdentifiedDefinition<?>> nested = new ArrayList<>();
        if (step instanceof ChoiceDefinition choice) {
            nested.addAll(choice.getWhenClauses());
            add(nested, choice.getOtherwise());
        } else if (step instanceof TryDefinition attempt) {
            nested.addAll(attempt.getOutputsWithoutCatches());
            nested.addAll(attempt.getCatchClauses());
            add(nested, attempt.getFinallyClause());
        } else if (step instanceof OutputNode node) {
            nested.addAll(node.getOutputs());
            add(nested, step instanceof CircuitBreakerDefinition breaker ? breaker.getOnFallback() : null);
        }
        return nested;
    }

    private static void add(
            List<OptionalIdentifiedDefinition<?>> nested, @Nullable OptionalIdentifiedDefinition<?> branch) {
        if (branch != null) {
            nested.add(branch);
        }
    }

    private Stream<Step> step(OptionalIdentifiedDefinition<?> definition) {
        if (definition instanceof ChoiceDefinition choice && Boolean.parseBoolean(choice.getPrecondition())) {
            // Decided when the route was created: only the chosen branch runs.
            return nested(choice).stream().flatMap(branch -> of(nested(branch)).stream());
        }
        List<Step> nested = of(nested(definition));
        StepCount count = counts.of(definition);
        Step first = nested.isEmpty() ? null : nested.get(0);
        List<String> claimed = links.throughOutbox(definition);
        return Stream.of(new Step(
                definition.getId(),
                definition.getShortName(),
                StepText.of(context, definition),
                line(definition),
                definition.getDescription(),
                claimed.isEmpty() ? links.of(definition) : claimed,
                claimed.isEmpty() ? null : "outbox",
                // A branch has no processor; its figures are those of its first step.
                count != null ? Long.valueOf(count.total()) : first == null ? null : first.total(),
                count == null ? null : Long.valueOf(count.failed()),
                count != null ? Long.valueOf(count.inFlight()) : first == null ? null : first.inFlight(),
                nested));
    }
}
