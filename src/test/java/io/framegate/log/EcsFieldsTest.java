package io.framegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.event.KeyValuePair;

/** A line of the log for Elasticsearch. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class EcsFieldsTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final LoggerContext context = new LoggerContext();
    private Encoder<ILoggingEvent> encoder;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void configure() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        System.setProperty("framegate.log.format", "ecs");
        System.setProperty("framegate.log.node", "hall-3");
        try {
            LogFormat.configure(context);
        } finally {
            System.clearProperty("framegate.log.format");
            System.clearProperty("framegate.log.node");
        }
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>) context.getLogger(Logger.ROOT_LOGGER_NAME)
                        .iteratorForAppenders()
                        .next();
        encoder = console.getEncoder();
    }

    private JsonNode line(String message, @Nullable Throwable failure, KeyValuePair... pairs) throws IOException {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("io.framegate.events"), Level.WARN, message, failure, null);
        event.setKeyValuePairs(new ArrayList<>(List.of(pairs)));
        String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n").matches("[^\\r\\n]*\\R");
        return JSON.readTree(text);
    }

    private static KeyValuePair pair(String key, Object value) {
        return new KeyValuePair(key, value);
    }

    @Test
    void aLineHasTheFieldsThatTheSchemaWants() throws IOException {
        JsonNode line = line("event accepted", null);
        assertThat(Instant.parse(line.path("@timestamp").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.path("log.level").asText()).isEqualTo("WARN");
        assertThat(line.path("message").asText()).isEqualTo("event accepted");
        assertThat(line.path("ecs.version").asText()).isEqualTo("8.11.0");
        assertThat(line.path("log.logger").asText()).isEqualTo("io.framegate.events");
        assertThat(line.path("process.thread.name").asText())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(line.path("service.name").asText()).isEqualTo("framegate");
        assertThat(line.path("service.node.name").asText()).isEqualTo("hall-3");
        assertThat(line).as("dotted names only").allMatch(JsonNode::isValueNode);
    }

    @Test
    void keysHaveTheSchemasNamesOrOurs() throws IOException {
        JsonNode line = line(
                "rejected",
                null,
                pair("peer", "192.0.2.52:48550"),
                pair("reason", "bad-length"),
                pair("bytes", 5219),
                pair("camera", "AA"),
                pair("framegate.camera.port", 18000));
        assertThat(line.path("client.address").asText()).isEqualTo("192.0.2.52");
        assertThat(line.path("client.ip").asText()).isEqualTo("192.0.2.52");
        assertThat(line.path("client.port").asText()).isEqualTo("48550");
        assertThat(line.path("event.reason").asText()).isEqualTo("bad-length");
        assertThat(line.path("framegate.bytes").isTextual()).isTrue();
        assertThat(line.path("framegate.camera").asText()).isEqualTo("AA");
        assertThat(line.path("framegate.settings.camera.port").asText()).isEqualTo("18000");
    }

    @Test
    void aPeerOfIpv6HasItsPortToo() throws IOException {
        assertThat(line("", null, pair("peer", "2001:db8:0:0:0:0:0:7:48550"))
                        .path("client.ip")
                        .asText())
                .isEqualTo("2001:db8:0:0:0:0:0:7");
        JsonNode without = line("", null, pair("peer", "2001:db8:0:0:0:0:0:7"));
        assertThat(without.path("client.address").asText()).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(without.has("client.port")).isFalse();
    }

    @Test
    void aFailureHasItsTypeMessageAndTrace() throws IOException {
        JsonNode line = line("failed", new IllegalStateException("a\nb"), pair("failure", "said before"));
        assertThat(line.path("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("error.message").asText()).isEqualTo("a\nb");
        assertThat(line.path("error.stack_trace").asText()).contains("EcsFieldsTest");
        assertThat(line("failed", null, pair("failure", "said"))
                        .path("error.message")
                        .asText())
                .isEqualTo("said");
    }

    @Test
    void textOfAnyKindIsBoundedAndStaysOneLine() throws IOException {
        String bad = "\u0000\u001b[31m\r\n\"\\\ud800\u2028";
        JsonNode line =
                line(bad, null, pair("camera", bad), pair("camera", "again"), pair("huge", "x".repeat(1 << 20)));
        assertThat(line.path("message").asText()).contains("\u001b[31m\r\n\"\\");
        assertThat(line.path("framegate.camera").asText()).isEqualTo("again");
        assertThat(line.path("framegate.huge").asText()).hasSize(8192);
        Throwable failure = new IllegalStateException("y".repeat(1 << 20));
        assertThat(line("", failure).path("error.stack_trace").asText()).hasSizeLessThanOrEqualTo(32_768);
    }
}
