package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds its way in the tree that Jackson's {@code XmlMapper} makes of XML:
 *
 * <pre>
 * &lt;config version="1.7"&gt;&lt;mac type="string"&gt;02:...&lt;/mac&gt;&lt;item/&gt;&lt;item&gt;x&lt;/item&gt;&lt;/config&gt;
 * {"version": "1.7", "mac": {"type": "string", "": "02:..."}, "item": ["", "x"]}
 * </pre>
 *
 * <p>The root's name is lost, attributes look like elements, repeated elements are one array. Names are matched ignoring
 * case, because the case differs between firmware versions. Stateless.
 */
final class DocumentTree {

    /** Where the text of an element is that has attributes too. */
    static final String TEXT = "";

    private static final String IMAGE = "base64data";

    /** Attributes that elements without elements in them have. */
    private static final Set<String> DECLARATIONS = Set.of("type", "count", "id");

    private DocumentTree() {}

    /** The (first) element of that name, or a missing node. */
    static JsonNode child(JsonNode parent, String name) {
        JsonNode block = first(parent);
        JsonNode exact = block.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> entry : block.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    /** The element's own text, {@linkplain PeerText#clean(String) cleaned}; empty if it has none. */
    static String text(JsonNode element) {
        JsonNode one = first(element);
        return PeerText.clean(first(one.isObject() ? one.path(TEXT) : one).asText(""));
    }

    static String text(JsonNode parent, String name) {
        return text(child(parent, name));
    }

    /** Whether the wire decoder takes the text of elements of this name for an image. */
    static boolean isImage(String name) {
        int start = name.length() - IMAGE.length();
        return name.regionMatches(true, start, IMAGE, 0, IMAGE.length());
    }

    /** Whether the element has no elements in it: it is a text, or it has attributes and perhaps a text. */
    static boolean isLeaf(JsonNode element) {
        JsonNode one = first(element);
        if (!one.isObject() || one.has(TEXT)) {
            return true;
        }
        if (!one.has("type")) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : one.properties()) {
            if (!DECLARATIONS.contains(entry.getKey())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the element says {@code type="list"} of itself. */
    static boolean isList(JsonNode element) {
        return element.path("type").asText("").equals("list");
    }

    /** Whether one of the element's own children is an image, be it empty. */
    static boolean isPicture(JsonNode element) {
        for (Map.Entry<String, JsonNode> entry : element.properties()) {
            if (isImage(entry.getKey())) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is an image that is not empty in the element, at most {@code depth} levels down. */
    static boolean holdsImage(JsonNode element, int depth) {
        if (depth == 0) {
            return false;
        }
        if (element.isArray()) {
            for (JsonNode one : element) {
                if (holdsImage(one, depth)) {
                    return true;
                }
            }
        }
        for (Map.Entry<String, JsonNode> entry : element.properties()) {
            boolean image = isImage(entry.getKey()) && !text(entry.getValue()).isEmpty();
            if (image || holdsImage(entry.getValue(), depth - 1)) {
                return true;
            }
        }
        return false;
    }

    static JsonNode first(JsonNode element) {
        return element.isArray() ? element.path(0) : element;
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
