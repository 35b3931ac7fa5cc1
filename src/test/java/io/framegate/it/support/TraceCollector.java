package io.framegate.it.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes spans as OTLP over HTTP, as Jaeger, Tempo and the OpenTelemetry collector do, at {@code /v1/traces} only. */
public final class TraceCollector implements AutoCloseable {

    private final int port = GatewayProcess.freePort();
    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private @Nullable HttpServer server;

    /** A span, with the gateway it came from. */
    public record Seen(
            String trace,
            String id,
            String parent,
            String name,
            Map<String, String> attributes,
            boolean failed,
            String failure,
            List<String> events,
            Map<String, String> resource) {

        public String attribute(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }
    }

    public TraceCollector start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/v1/traces", this::receive);
            server.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers so from now on. */
    public void answer(int statusCode) {
        status = statusCode;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            requests.add(headers);
            if (status == 200) {
                request.getResourceSpansList().forEach(this::add);
            }
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        }
    }

    private void add(ResourceSpans of) {
        Map<String, String> resource = texts(of.getResource().getAttributesList());
        of.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> spans.add(seen(span, resource))));
    }

    private static Seen seen(Span span, Map<String, String> resource) {
        HexFormat hex = HexFormat.of();
        return new Seen(
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getName(),
                texts(span.getAttributesList()),
                span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR,
                span.getStatus().getMessage(),
                span.getEventsList().stream()
                        .map(event -> event.getName() + " " + texts(event.getAttributesList()))
                        .toList(),
                resource);
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        for (KeyValue attribute : attributes) {
            AnyValue value = attribute.getValue();
            texts.put(
                    attribute.getKey(),
                    value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue());
        }
        return texts;
    }

    /** All spans that have come, in that order. */
    public List<Seen> spans() {
        return List.copyOf(spans);
    }

    /** Those of this name. */
    public List<Seen> spans(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** The names of a span and of those it is in, the outermost first: {@code receive-cameras/receive-packet}. */
    public String path(Seen span) {
        return spans.stream()
                .filter(outer ->
                        outer.trace().equals(span.trace()) && outer.id().equals(span.parent()))
                .findFirst()
                .map(outer -> path(outer) + "/" + span.name())
                .orElse(span.parent().isEmpty() ? span.name() : "?/" + span.name());
    }

    /** The headers of each request. */
    public List<Map<String, String>> requests() {
        return List.copyOf(requests);
    }

    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
