package io.framegate.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in JSON: {@code {"EventNotificationAlert": {"eventType": "ANPR", ...}}}, or the same fields without an
 * enclosing name. Stateless.
 */
final class JsonDocument {

    /** Takes what some firmware writes and the standard forbids. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_MISSING_VALUES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 10_000;

    private JsonDocument() {}

    /** The event's fields without an enclosing name. The tree of an XML document does not contain its root either. */
    static JsonNode unwrapped(JsonNode tree, Packet packet) {
        if (packet.hasJsonDocument()
                && tree.size() == 1
                && tree.elements().next().isObject()) {
            return tree.elements().next();
        }
        return tree;
    }

    /**
     * What the makers call the document, as a type for documents without one: the enclosing name. Empty for XML, for
     * unknown dialects and for documents without an enclosing name.
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

    /** The fields before the first fault of a document that is not well-formed. */
    static JsonNode readLeniently(byte[] document) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = FACTORY.createParser(document)) {
            Deque<ContainerNode<?>> open = new ArrayDeque<>();
            int nodes = 0;
            for (JsonToken token = parser.nextToken(); token != null && nodes < MAX_NODES; token = parser.nextToken()) {
                nodes++;
                if (token.isStructStart() && open.size() > MAX_DEPTH) {
                    parser.skipChildren();
                } else if (token.isStructStart()) {
                    ContainerNode<?> inner = token == JsonToken.START_ARRAY ? root.arrayNode() : root.objectNode();
                    ContainerNode<?> opened = open.isEmpty() && token == JsonToken.START_OBJECT ? root : inner;
                    add(open.peek(), parser.currentName(), opened);
                    open.push(opened);
                } else if (token.isStructEnd()) {
                    open.poll();
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    add(open.peek(), parser.currentName(), root.textNode(parser.getText()));
                }
            }
        } catch (IOException fault) {
            return root;
        }
        return root;
    }

    private static void add(@Nullable ContainerNode<?> parent, @Nullable String name, JsonNode value) {
        if (parent instanceof ObjectNode block && name != null) {
            block.set(name, value);
        } else if (parent instanceof ArrayNode list) {
            list.add(value);
        }
    }
}
