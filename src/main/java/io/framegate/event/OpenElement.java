package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An element whose end {@link LenientXml} has not read yet. Not thread-safe. */
final class OpenElement {

    final String name;
    final ObjectNode content = JsonNodeFactory.instance.objectNode();
    final StringBuilder text = new StringBuilder();
    boolean leaf = true;

    OpenElement(String name) {
        this.name = name;
    }

    boolean isLeafWithText() {
        return leaf && !text.isEmpty();
    }

    void append(String more) {
        String kept = text.isEmpty() ? more.stripLeading() : more;
        text.append(kept, 0, Math.min(kept.length(), LenientXml.MAX_TEXT - text.length()));
    }

    void put(String key, JsonNode value) {
        JsonNode earlier = content.get(key);
        if (earlier == null) {
            content.set(key, value);
        } else if (earlier instanceof ArrayNode list) {
            list.add(value);
        } else {
            content.set(key, content.arrayNode().add(earlier).add(value));
        }
    }

    JsonNode value() {
        return content.isEmpty() ? JsonNodeFactory.instance.textNode(strippedText()) : toObject();
    }

    ObjectNode toObject() {
        return text.isEmpty() ? content : content.put(DocumentTree.TEXT, strippedText());
    }

    private String strippedText() {
        return text.toString().stripTrailing();
    }
}
