package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A block of a document: an element that contains elements.
 *
 * <pre>
 * {"Events": [{"Code": "X", "Data": {"UTC": 1}}], "Time": "..."}     depth 0, the root: Time
 *                                                                    depth 1, Events: Code
 *                                                                    depth 2, Data: UTC
 * </pre>
 *
 * <p>Blocks are in the order of their depth, so a name near the root has priority over the same name deep in the
 * document. Only one item of a list is read. Limits: {@link #MAX} blocks, {@link #MAX_DEPTH} levels.
 *
 * @param name the element's name, empty for the root
 */
record DocumentBlock(String name, JsonNode element, int depth) {

    static final int MAX = 1000;
    static final int MAX_DEPTH = 16;
    private static final int SEARCH_DEPTH = 8;

    /** All blocks, including those of the objects in images. */
    static List<DocumentBlock> all(JsonNode root) {
        return read(root, false, true);
    }

    /**
     * The blocks that describe the whole event or one object. List items that hold images are excluded, because they
     * describe their image. A JSON list with a single item is an exception, because it is unambiguous.
     */
    static List<DocumentBlock> withoutImages(JsonNode root, boolean json) {
        return read(root, json, false);
    }

    private static List<DocumentBlock> read(JsonNode root, boolean json, boolean images) {
        List<DocumentBlock> blocks = new ArrayList<>();
        Deque<DocumentBlock> next = new ArrayDeque<>();
        next.add(new DocumentBlock("", DocumentTree.first(root), 0));
        while (!next.isEmpty() && blocks.size() < MAX) {
            DocumentBlock block = next.remove();
            blocks.add(block);
            if (block.depth < MAX_DEPTH) {
                for (Map.Entry<String, JsonNode> entry : block.element.properties()) {
                    JsonNode inner = images
                            ? DocumentTree.first(entry.getValue())
                            : inner(entry.getKey(), entry.getValue(), json);
                    if (inner != null && isBlock(entry.getKey(), inner)) {
                        next.add(new DocumentBlock(entry.getKey(), inner, block.depth + 1));
                    }
                }
            }
        }
        return blocks;
    }

    /** Skips {@code types}, in which each packet repeats the possible values of the protocol. */
    static boolean isBlock(String name, JsonNode element) {
        return element.isObject()
                && !DocumentTree.isLeaf(element)
                && !Coordinates.are(element)
                && !name.equalsIgnoreCase("types");
    }

    private static @Nullable JsonNode inner(String name, JsonNode element, boolean json) {
        if (!json && DocumentTree.isPicture(DocumentTree.first(element))) {
            return null;
        }
        if (!element.isArray() && (json || !name.equalsIgnoreCase("item"))) {
            return element;
        }
        if (json && element.size() == 1) {
            return element.path(0);
        }
        for (JsonNode item : element.isArray() ? element : Set.of(element)) {
            if (!DocumentTree.holdsImage(item, SEARCH_DEPTH)) {
                return item;
            }
        }
        return null;
    }
}
