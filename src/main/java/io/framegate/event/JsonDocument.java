package io.framegate.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in JSON: {@code {"EventNotificationAlert": {"eventType": "ANPR", ...}}}, or the same fields without an
 * enclosing name. Stateless.
 */
final class JsonDocument {

    private static final String ITEM = "item";

    /** Tolerates the mistakes of firmware that writes JSON without a library. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_MISSING_VALUES,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                    JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .build();

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 10_000;

    private JsonDocument() {}

    /**
     * The event's fields without an enclosing name or array. The tree of an XML document does not contain its root
     * either. An array of several events becomes the list {@code item} of one event.
     */
    static JsonNode unwrapped(JsonNode tree, Packet packet) {
        if (!packet.hasJsonDocument()) {
            return tree;
        }
        JsonNode event = tree;
        if (tree.isArray()) {
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            event = tree.size() == 1 ? tree.path(0) : list.set(ITEM, tree);
        }
        if (event.size() == 1 && event.elements().next().isObject()) {
            return event.elements().next();
        }
        return event;
    }

    /**
     * The enclosing name of the document, as the type of events whose fields contain none. Empty for XML, for unknown
     * dialects and for documents without an enclosing name.
     */
    static String name(JsonNode document, Dialect dialect) {
        if (dialect == Dialect.TVT || dialect == Dialect.HIKVISION || dialect == Dialect.OTHER) {
            return "";
        }
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            if (entry.getValue().isContainerNode()) {
                // Dahua's name for an event with a picture is only in the request's path.
                return switch (entry.getKey()) {
                    case "Picture" -> entry.getValue().has("ParkingInfo") ? "ParkingInfo" : "TollgateInfo";
                    default -> PeerText.clean(entry.getKey());
                };
            }
        }
        return "";
    }

    /**
     * Reads the fields and items before the first error that {@link #MAPPER} does not tolerate. Every value is a text.
     */
    static JsonNode readLeniently(byte[] document) {
        Deque<ContainerNode<?>> open = new ArrayDeque<>();
        // The document becomes the first element of this array.
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        open.push(root);
        try (JsonParser parser = MAPPER.createParser(new String(document, StandardCharsets.UTF_8))) {
            int nodes = 0;
            for (JsonToken token = parser.nextToken(); token != null && nodes < MAX_NODES; token = parser.nextToken()) {
                nodes++;
                if (token.isStructStart() && open.size() > MAX_DEPTH) {
                    parser.skipChildren();
                } else if (token.isStructStart()) {
                    ContainerNode<?> started = token == JsonToken.START_OBJECT ? root.objectNode() : root.arrayNode();
                    add(open.element(), parser.currentName(), started);
                    open.push(started);
                } else if (token.isStructEnd()) {
                    open.poll();
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    add(open.element(), parser.currentName(), root.textNode(parser.getText()));
                }
            }
        } catch (IOException fault) {
            return document(root);
        }
        return document(root);
    }

    private static JsonNode document(ArrayNode root) {
        return root.isEmpty() ? root.objectNode() : root.path(0);
    }

    private static void add(ContainerNode<?> parent, @Nullable String name, JsonNode node) {
        if (parent instanceof ArrayNode list) {
            list.add(node);
        } else if (parent instanceof ObjectNode object && name != null) {
            object.set(name, node);
        }
    }
}
