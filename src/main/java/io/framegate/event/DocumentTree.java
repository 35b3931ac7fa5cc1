package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds elements in the tree that Jackson reads from a document. JSON has the same tree as XML, without attributes. The
 * tree of XML:
 *
 * <pre>
 * &lt;config version="1.7"&gt;
 *   &lt;mac type="string"&gt;02:...&lt;/mac&gt;     {"version": "1.7", "mac": {"type": "string", "": "02:..."},
 *   &lt;item/&gt;&lt;item&gt;x&lt;/item&gt;               "item": ["", "x"]}
 * </pre>
 *
 * <p>The root's name is lost, attributes look like elements, and repeated elements are one array. Names are compared
 * without case, because the case differs between firmware versions. Stateless.
 */
final class DocumentTree {

    /** The key of the text of an element with attributes. */
    static final String TEXT = "";

    private static final String IMAGE = "base64data";

    /** The attributes of elements that contain no elements. */
    private static final Set<String> DECLARATIONS = Set.of("type", "count", "id");

    private DocumentTree() {}

    /** The element of this name, or a missing node. */
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

    /** The {@linkplain PeerText#clean(String) clean} text of the element, or an empty text. */
    static String text(JsonNode element) {
        return PeerText.clean(wholeText(element));
    }

    private static String wholeText(JsonNode element) {
        JsonNode one = first(element);
        return first(one.isObject() ? one.path(TEXT) : one).asText("");
    }

    static String text(JsonNode parent, String name) {
        return text(child(parent, name));
    }

    /** Whether the element is an image, or is named like one and is empty. */
    static boolean isImage(String name, JsonNode element) {
        return isImageName(name) || isMark(element);
    }

    /** Whether an element of this name contains an image, regardless of its text. */
    static boolean isImageName(String name) {
        int start = name.length() - IMAGE.length();
        return name.regionMatches(true, start, IMAGE, 0, IMAGE.length());
    }

    /** Whether the text of the element contains the mark of an image. */
    static boolean isMark(JsonNode element) {
        return !marks(element).isEmpty();
    }

    /** The numbers of the images whose marks are the text of the element. */
    static List<Integer> marks(JsonNode element) {
        return ImageMark.numbers(wholeText(element));
    }

    /** Whether the element contains no elements: it is a text, or has attributes and perhaps a text. */
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

    /** Whether the element has {@code type="list"}. */
    static boolean isList(JsonNode element) {
        return element.path("type").asText("").equals("list");
    }

    /** Whether a child of the element is an image, even an empty one. */
    static boolean isPicture(JsonNode element) {
        for (Map.Entry<String, JsonNode> entry : element.properties()) {
            if (isImage(entry.getKey(), entry.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the element contains an image that is not empty, at most {@code depth} levels down. */
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
            if (isMark(entry.getValue()) || holdsImage(entry.getValue(), depth - 1)) {
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
