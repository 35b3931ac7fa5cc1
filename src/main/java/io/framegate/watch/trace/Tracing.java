package io.framegate.watch.trace;

import io.framegate.settings.Build;
import io.framegate.settings.TracingSettings;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Traces the routes of a context and sends the spans to a collector. At most {@value #QUEUE} spans are queued; further
 * ones are dropped, and no route waits. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

    /** The spans of several hundred packets, some megabytes. */
    private static final int QUEUE = 4096;

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWERS = Duration.ofSeconds(5);
    private static final long STOPS_MILLIS = 1000;

    private static final int MAX_EVENTS = 64;

    private static final int MAX_TEXT = 512;

    /**
     * The SDK logs the same failure repeatedly, with stack traces. The field keeps the logger, and with it its level,
     * from collection.
     */
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");

    private final SdkTracerProvider provider;

    private Tracing(SdkTracerProvider provider) {
        this.provider = provider;
    }

    /** Starts tracing; the context must not have routes yet. */
    public static Tracing begin(CamelContext context, TracingSettings settings) {
        SDK.setLevel(Level.OFF);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(resource(settings))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sample())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfEvents(MAX_EVENTS)
                        .setMaxAttributeValueLength(MAX_TEXT)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(collector(settings))
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(EVERY)
                        .build())
                .build();
        install(context, provider);
        return new Tracing(provider);
    }

    /** Installs the two hooks into the context. */
    static void install(CamelContext context, TracerProvider provider) {
        Spans spans = new Spans(provider.get("io.framegate"));
        context.addRoutePolicyFactory(new RouteSpans(spans));
        SendSpans sends = new SendSpans(spans);
        context.getManagementStrategy().addEventNotifier(sends);
        ServiceHelper.startService(sends);
    }

    private static Resource resource(TracingSettings settings) {
        AttributesBuilder attributes = Attributes.builder();
        settings.attributes().forEach(attributes::put);
        attributes.put("service.name", settings.service());
        attributes.put("service.version", Build.version());
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }

    private static Collector collector(TracingSettings settings) {
        String address = settings.collector().toString();
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(address)
                .setConnectTimeout(ANSWERS)
                .setTimeout(ANSWERS);
        settings.headers().forEach(exporter::addHeader);
        return new Collector(exporter.build(), address);
    }

    /** Sends the remaining spans, for at most a second. */
    @Override
    public void close() {
        provider.shutdown().join(STOPS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
