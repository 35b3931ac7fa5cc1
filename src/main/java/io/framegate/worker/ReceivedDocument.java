package io.framegate.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framegate.event.PeerText;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The document of an image or of an event without one, as gateways deliver it with {@code payload=event} or
 * {@code events=true}. Each getter checks its field, because anyone who can write to the broker can write any document.
 * Immutable.
 */
final class ReceivedDocument {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Not dots alone, which would be another directory in a path. */
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,200}");

    /** Years that a date has in every time zone. A clock that was never set shows 1970, or 1969 in UTC. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("+999999999-12-30T00:00:00Z");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MAX_ATTRIBUTES = 500;

    private final JsonNode fields;

    private ReceivedDocument(JsonNode fields) {
        this.fields = fields;
    }

    static ReceivedDocument parse(byte @Nullable [] body) throws WrongDeliveryException {
        JsonNode fields;
        try {
            fields = body == null ? null : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw wrong("no JSON: " + PeerText.clean(e.getOriginalMessage()) + " (expected: payload=event)");
        } catch (IOException e) {
            throw wrong("no JSON (expected: payload=event)");
        }
        if (fields == null || !fields.isObject()) {
            throw wrong("no JSON object (expected: payload=event)");
        }
        return new ReceivedDocument(fields);
    }

    private static WrongDeliveryException wrong(String detail) {
        return new WrongDeliveryException(Reason.NOT_A_DOCUMENT, "document: " + detail);
    }

    private static WrongDeliveryException wrong(String field, @Nullable String value, String expected) {
        return wrong(field + ": " + (value == null ? "none" : PeerText.clean(value)) + " (expected: " + expected + ")");
    }

    /** A text without control characters and of a bounded length; null if the document has none. */
    @Nullable
    String text(String field) {
        JsonNode value = fields.path(field);
        return value.isTextual() ? PeerText.clean(value.textValue()) : null;
    }

    String required(String field) throws WrongDeliveryException {
        String value = text(field);
        if (value == null || value.isEmpty()) {
            throw wrong(field, value, "a text");
        }
        return value;
    }

    /** An id that is safe in names. */
    String id(String field) throws WrongDeliveryException {
        String value = text(field);
        if (value == null || !ID.matcher(value).matches()) {
            throw wrong(field, value, "1 to 200 letters, digits and . _ -, not dots alone");
        }
        return value;
    }

    /** SHA-256 in lower case; null if the document has none. */
    @Nullable
    String hash(String field) throws WrongDeliveryException {
        String value = text(field);
        if (value != null && !HASH.matcher(value).matches()) {
            throw wrong(field, value, "SHA-256, hexadecimal");
        }
        return value;
    }

    Instant time(String field) throws WrongDeliveryException {
        String value = text(field);
        try {
            Instant time = Instant.parse(String.valueOf(value));
            if (!time.isBefore(FIRST) && time.isBefore(LAST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Below.
        }
        throw wrong(field, value, "a time since the year 1, ISO 8601 in UTC");
    }

    /** A whole number; null if the document has none. */
    @Nullable
    Long number(String field) {
        JsonNode value = fields.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    /** The attributes of the event. Names that could be a header of Camel are left out. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> attribute : fields.path("attributes").properties()) {
            String name = attribute.getKey();
            if (ATTRIBUTE.matcher(name).matches()
                    && !name.regionMatches(true, 0, "camel", 0, 5)
                    && attributes.size() < MAX_ATTRIBUTES) {
                attributes.put(name, PeerText.clean(attribute.getValue().asText()));
            }
        }
        return attributes;
    }

    /** The address of the image. It is not passed through PeerText, which would cut a long address. */
    String reference() throws WrongDeliveryException {
        JsonNode value = fields.path("reference");
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong("reference", null, "where the image is: framegate.deliver.reference of the gateway");
        }
        return value.textValue();
    }
}
