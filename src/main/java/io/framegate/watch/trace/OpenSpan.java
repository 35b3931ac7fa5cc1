package io.framegate.watch.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The current span of an exchange. It is a property of the exchange, so copies of the exchange (splits, enrichers,
 * other threads) share it.
 *
 * @param owner the route or endpoint of the span
 * @param span sampled or not
 * @param context the parent of inner spans
 * @param outer the enclosing span; null for the first span of this process
 */
record OpenSpan(Object owner, Span span, Context context, @Nullable OpenSpan outer) {

    boolean isSampled() {
        return span.getSpanContext().isSampled();
    }

    /** Whether this owner has this span or an enclosing one. */
    boolean isWithin(Object other) {
        for (OpenSpan open = this; open != null; open = open.outer) {
            if (open.owner == other) {
                return true;
            }
        }
        return false;
    }
}
