package io.framegate.watch.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * A span that an exchange is in. A property of the exchange, so that copies of it (a split's, an enricher's, those that another thread goes on
 * with) are in the same one.
 *
 * @param owner the route or endpoint it is the span of
 * @param span sampled or not
 * @param context the same for those within
 * @param outer the one around it; null for the first of this process
 */
record OpenSpan(Object owner, Span span, Context context, @Nullable OpenSpan outer) {

    boolean isSampled() {
        return span.getSpanContext().isSampled();
    }

    /** Whether it is that of this owner, or within it. */
    boolean isWithin(Object other) {
        for (OpenSpan open = this; open != null; open = open.outer) {
            if (open.owner == other) {
                return true;
            }
        }
        return false;
    }
}
