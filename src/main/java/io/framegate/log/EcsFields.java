package io.framegate.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log line with the dotted names of the Elastic Common Schema, as its loggers do. A key gets the schema's name
 * if there is one; all other keys are below {@code framegate}. Every value is text, so that a field has the same type
 * in every line; the mapping of an index may convert it to a number. Texts are cut at {@value #MAX_TEXT} characters,
 * stack traces at {@value #MAX_TRACE}. Thread-safe.
 */
final class EcsFields extends AbstractJsonProvider<ILoggingEvent> {

    private static final String VERSION = "8.11.0";
    private static final int MAX_TEXT = 8192;
    private static final int MAX_TRACE = 32_768;

    private static final String OURS = "framegate.";
    private static final String PEER = "peer";

    private static final Map<String, String> OF_THE_SCHEMA = Map.of(
            "reason", "event.reason",
            "failure", "error.message",
            "file", "file.path",
            "exit-code", "process.exit_code");

    /** Java writes IPv6 addresses in full, with seven colons. */
    private static final Pattern WITH_PORT =
            Pattern.compile("([0-9]+(?:\\.[0-9]+){3}|[0-9a-fA-F]+(?::[0-9a-fA-F]+){7}):([0-9]{1,5})");

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
        for (Map.Entry<String, String> field : fields(event).entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
        }
    }

    /** A map, because a JSON object must not contain a name twice. */
    private static Map<String, String> fields(ILoggingEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "@timestamp", event.getInstant());
        put(fields, "log.level", event.getLevel());
        put(fields, "message", event.getFormattedMessage());
        put(fields, "ecs.version", VERSION);
        put(fields, "service.name", "framegate");
        put(
                fields,
                "service.node.name",
                event.getLoggerContextVO().getPropertyMap().get(LogFormat.NODE));
        put(fields, "log.logger", event.getLoggerName());
        put(fields, "process.thread.name", event.getThreadName());
        put(fields, "trace.id", event.getMDCPropertyMap().get("trace_id"));
        for (KeyValuePair pair : Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of())) {
            if (pair.key.equals(PEER)) {
                putClient(fields, String.valueOf(pair.value));
            } else {
                put(fields, name(pair.key), pair.value);
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            put(fields, "error.type", thrown.getClassName());
            put(fields, "error.message", thrown.getMessage());
            fields.put("error.stack_trace", text(ThrowableProxyUtil.asString(thrown), MAX_TRACE));
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, text(value.toString(), MAX_TEXT));
        }
    }

    /** Properties have a separate object: {@code framegate.camera} cannot be both a text and an object. */
    private static String name(String key) {
        return key.startsWith(OURS)
                ? OURS + "settings." + key.substring(OURS.length())
                : OF_THE_SCHEMA.getOrDefault(key, OURS + key);
    }

    private static void putClient(Map<String, String> fields, String peer) {
        Matcher withPort = WITH_PORT.matcher(peer);
        if (withPort.matches()) {
            fields.put("client.address", withPort.group(1));
            fields.put("client.ip", withPort.group(1));
            fields.put("client.port", withPort.group(2));
        } else {
            put(fields, "client.address", peer);
        }
    }

    /** Cuts a text. Half of a surrogate pair cannot be written as UTF-8, and the whole line would be lost. */
    private static String text(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most);
        return cut.chars().anyMatch(c -> Character.isSurrogate((char) c))
                ? new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : cut;
    }
}
