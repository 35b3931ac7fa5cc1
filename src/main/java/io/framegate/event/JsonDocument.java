package io.framegate.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads events in JSON: {@code {"EventNotificationAlert": {"eventType": "ANPR", ...}}}, or the same fields without an
 * enclosing name. Stateless.
 */
final class JsonDocument {

    private static final JsonFactory FACTORY = new JsonFactory();
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

    /** The fields before the first fault of a document that is not well-formed, without lists. */
    static JsonNode readLeniently(byte[] document) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = FACTORY.createParser(document)) {
            Deque<ObjectNode> open = new ArrayDeque<>();
            int nodes = 0;
            for (JsonToken token = parser.nextToken(); token != null && nodes < MAX_NODES; token = parser.nextToken()) {
                nodes++;
                if (token == JsonToken.START_ARRAY || open.size() > MAX_DEPTH) {
                    parser.skipChildren();
                } else if (token == JsonToken.START_OBJECT) {
                    ObjectNode parent = open.peek();
                    open.push(parent == null ? root : parent.putObject(parser.currentName()));
                } else if (token == JsonToken.END_OBJECT) {
                    open.poll();
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL && !open.isEmpty()) {
                    open.element().put(parser.currentName(), parser.getText());
                }
            }
        } catch (IOException fault) {
            return root;
        }
        return root;
    }
}
