package io.framegate.watch.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Whatever routes do, each has its span, within the right one. */
class TracedRoutesTest {

    private final Spool spool = new Spool();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spool))
            .build();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void traced() {
        context.addComponent("outside", new Outside());
        Tracing.install(context, provider);
    }

    @AfterEach
    void close() throws IOException {
        context.close();
        provider.close();
    }

    /** What was ended, in that order. */
    private static final class Spool implements SpanExporter {

        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        String path(SpanData span) {
            return spans.stream()
                    .filter(outer -> outer.getSpanId().equals(span.getParentSpanId()))
                    .findFirst()
                    .map(outer -> path(outer) + "/" + span.getName())
                    .orElse(span.getName());
        }

        List<String> paths() {
            return spans.stream().map(this::path).toList();
        }
    }

    /** Packets come from there; whatever is sent there ends in an exception that no callback tells of. */
    private static final class Outside extends DefaultComponent {

        private @Nullable Processor route;

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultAsyncProducer(this) {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            throw new IllegalStateException("thrown");
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    route = processor;
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }

    private Exchange receive(Object body, Map<String, Object> headers) throws Exception {
        Outside outside = context.getComponent("outside", Outside.class);
        Exchange exchange = context.getEndpoint("outside:in").createExchange();
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        Objects.requireNonNull(outside.route).process(exchange);
        return exchange;
    }

    private void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    @Test
    void producerThatThrowsLeavesNoSpanOpen() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("outside:in")
                        .routeId("in")
                        .doTry()
                        .to("outside:away")
                        .doCatch(IllegalStateException.class)
                        .end()
                        .to("direct:next");
                from("direct:next").routeId("next").setBody(constant("done"));
            }
        });
        receive("packet", Map.of());
        assertThat(spool.paths()).containsExactlyInAnyOrder("in", "in/outside", "in/outside/next");
        assertThat(MDC.get(Spans.TRACE_ID)).isNull();
    }

    @Test
    void anotherThreadGoesOnInTheSameTrace() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("outside:in").routeId("in").threads(1).to("direct:next");
                from("direct:next").routeId("next").setBody(constant("done"));
            }
        });
        receive("packet", Map.of());
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> spool.spans.size() == 2);
        assertThat(spool.paths()).containsExactlyInAnyOrder("in", "in/next");
    }

    @Test
    void copyThatGoesOnAfterItsOriginalIsDoneIsInItsTrace() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("outside:in").routeId("in").wireTap("seda:later");
                from("seda:later").process(copy -> done.await()).to("direct:next");
                from("direct:next").routeId("next").setBody(constant("done"));
            }
        });
        receive("packet", Map.of());
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> spool.paths()
                .contains("in"));
        done.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> spool.paths().stream()
                .anyMatch(path -> path.endsWith("/next")));
        assertThat(spool.spans.stream().map(SpanData::getTraceId).distinct()).hasSize(1);
    }

    @Test
    void clockAndRouteThatNobodyWasTracedToBeginNoTrace() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:tick?delay=0&period=10&repeatCount=3")
                        .routeId("tick")
                        .to("direct:next");
                from("direct:next").routeId("next").to("mock:next");
            }
        });
        context.getEndpoint("mock:next", MockEndpoint.class).expectedMinimumMessageCount(3);
        context.createProducerTemplate().sendBody("direct:next", "packet");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        context.getEndpoint("mock:next", MockEndpoint.class).getReceivedCounter() == 4);
        assertThat(spool.spans).isEmpty();
    }

    @Test
    void messagesOwnTraceIsNotContinued() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("outside:in").routeId("in").setBody(constant("done"));
            }
        });
        Exchange exchange =
                receive("packet", Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        assertThat(spool.spans).hasSize(1);
        String trace = spool.spans.get(0).getTraceId();
        assertThat(trace).isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(exchange.getMessage().getHeader("traceparent", String.class)).startsWith("00-" + trace);
    }

    @Test
    void headerIsThatOfTheSpanTheExchangeIsIn() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("outside:in").routeId("in").to("direct:next").setProperty("after", header("traceparent"));
                from("direct:next").routeId("next").setProperty("within", header("traceparent"));
            }
        });
        Exchange exchange = receive("packet", Map.of());
        assertThat(exchange.getProperty("within", String.class))
                .contains(spool.spans.get(0).getSpanId());
        assertThat(exchange.getProperty("after", String.class))
                .contains(spool.spans.get(1).getSpanId());
    }

    @Test
    void rejectedPacketSaysWhyAndOnlyKnownHeadersAreSaid() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("outside:in").routeId("in").setBody(constant("its files"));
            }
        });
        receive(
                new RejectedPacket("xml", RejectReason.TOO_LONG, "packet: 17 MB", new byte[] {1}, 17, true),
                Map.of(FramegateHeaders.PEER, "192.0.2.7:5000", "password", "secret"));
        SpanData span = spool.spans.get(0);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("too-long: packet: 17 MB");
        assertThat(span.getAttributes().asMap().values())
                .contains("192.0.2.7:5000", "too-long")
                .doesNotContain("secret");
    }
}
