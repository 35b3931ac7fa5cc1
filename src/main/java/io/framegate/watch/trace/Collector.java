package io.framegate.watch.trace;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to the collector. Logs one line when that fails, one when the reason changes, and one when it works
 * again. Spans that could not be sent are lost. Thread-safe.
 */
final class Collector implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.tracing");

    private final SpanExporter exporter;
    private final String address;
    private final AtomicReference<String> said = new AtomicReference<>("");

    Collector(SpanExporter exporter, String address) {
        this.exporter = exporter;
        this.address = address;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> said(result.isSuccess() ? "" : reason(result.getFailureThrowable())));
    }

    private void said(String reason) {
        String before = said.getAndSet(reason);
        if (before.equals(reason)) {
            return;
        }
        if (reason.isEmpty()) {
            LOG.atInfo().addKeyValue("collector", address).log("traces are sent again");
        } else {
            LOG.atWarn()
                    .addKeyValue("collector", address)
                    .addKeyValue("reason", reason)
                    .log("traces not sent, and lost until they can be");
        }
    }

    /** The exception's class or the HTTP status; the server's text is unbounded. */
    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof HttpExportException http && http.getResponse() != null) {
            return "HTTP status " + http.getResponse().getStatusCode();
        }
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
