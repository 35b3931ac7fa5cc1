package io.framegate.watch.trace;

import io.framegate.log.Reason;
import io.framegate.outbox.OutboxEndpoint;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Begins and ends the spans of exchanges. The header {@code traceparent} (W3C) always names the current span. Claims
 * keep it, so a later delivery continues the trace of its packet; HTTP, Kafka, JMS and AMQP targets get it. Only claims
 * are trusted to bring that header in.
 *
 * <p>An unsampled trace has only its first span, which costs little. Thread-safe.
 */
final class Spans {

    /** The key of the trace id in log lines. */
    static final String TRACE_ID = "trace_id";

    private static final String PROPERTY = "FramegateSpan";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;

    Spans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Begins the first span of a packet or a delivery. It ends when the exchange is done. */
    OpenSpan beginFirst(Exchange exchange, Object owner, String name, SpanKind kind) {
        boolean claimed = exchange.getFromEndpoint() instanceof OutboxEndpoint;
        Context parent = claimed ? W3C.extract(Context.root(), exchange.getMessage(), Getter.INSTANCE) : Context.root();
        OpenSpan first = push(exchange, owner, name, kind, parent, null);
        Thread begins = Thread.currentThread();
        if (first.isSampled()) {
            MDC.put(TRACE_ID, first.span().getSpanContext().getTraceId());
        } else {
            // A packet that ended on another thread may have left its id.
            MDC.remove(TRACE_ID);
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                end(done, owner);
                if (Thread.currentThread() == begins) {
                    MDC.remove(TRACE_ID);
                }
            }
        });
        return first;
    }

    /** Begins a span inside the current one; returns null if the trace is not sampled. */
    @Nullable
    OpenSpan begin(Exchange exchange, Object owner, String name, SpanKind kind) {
        OpenSpan outer = sampled(exchange);
        return outer == null ? null : push(exchange, owner, name, kind, outer.context(), outer);
    }

    private OpenSpan push(
            Exchange exchange, Object owner, String name, SpanKind kind, Context parent, @Nullable OpenSpan outer) {
        Span span = tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
        OpenSpan open = new OpenSpan(owner, span, parent.with(span), outer);
        exchange.setProperty(PROPERTY, open);
        announce(exchange, open);
        return open;
    }

    private static void announce(Exchange exchange, OpenSpan open) {
        W3C.inject(open.context(), exchange.getMessage(), Message::setHeader);
    }

    /** Whether the exchange is in any span, sampled or not. */
    static boolean isInSpan(Exchange exchange) {
        return open(exchange) != null;
    }

    private static @Nullable OpenSpan open(Exchange exchange) {
        return exchange.getProperty(PROPERTY, OpenSpan.class);
    }

    /** The current span if it is sampled. It may have ended, if a copy of the exchange outlives the original. */
    static @Nullable OpenSpan sampled(Exchange exchange) {
        OpenSpan open = open(exchange);
        return open == null || !open.isSampled() ? null : open;
    }

    /** Ends the span of this owner and open spans inside it: Camel does not report the end of a send that throws. */
    void end(Exchange exchange, Object owner) {
        OpenSpan open = sampled(exchange);
        if (open == null || !open.isWithin(owner)) {
            return;
        }
        boolean ended = false;
        while (open != null && !ended) {
            ended = open.owner() == owner;
            finish(exchange, open);
            open = open.outer();
        }
        if (open == null) {
            exchange.removeProperty(PROPERTY);
        } else {
            exchange.setProperty(PROPERTY, open);
            announce(exchange, open);
        }
    }

    private static void finish(Exchange exchange, OpenSpan open) {
        SpanAttributes.atEnd(open.span(), exchange.getMessage(), open.outer() == null);
        Exception failure = exchange.getException();
        if (failure != null) {
            open.span().setStatus(StatusCode.ERROR, Reason.of(failure));
        }
        open.span().end();
    }

    /** Adds an event for a failed attempt to the current span. */
    static void failedAttempt(Exchange exchange, int attempt) {
        OpenSpan open = sampled(exchange);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (open != null && failure != null) {
            SpanAttributes.failedAttempt(open.span(), attempt, Reason.of(failure));
        }
    }

    private enum Getter implements TextMapGetter<Message> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Message message) {
            return Set.of();
        }

        @Override
        public @Nullable String get(@Nullable Message message, String name) {
            return message == null ? null : message.getHeader(name, String.class);
        }
    }
}
