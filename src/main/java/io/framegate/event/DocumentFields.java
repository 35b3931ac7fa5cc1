package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the fields of a document by the {@linkplain FieldNames names} of its elements, at any depth. The text nearest
 * to the root counts. Immutable once built.
 */
final class DocumentFields {

    private static final Comparator<Found> NEAREST =
            Comparator.comparingInt(Found::depth).thenComparingInt(Found::rank);

    /**
     * A text under one of the names.
     *
     * @param rank the index of the name in its row
     * @param block the block that contains the text
     */
    record Found(String name, JsonNode element, int depth, int rank, JsonNode block) {

        String text() {
            return DocumentTree.text(element);
        }

        boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private final Map<FieldNames, List<Found>> found = new EnumMap<>(FieldNames.class);

    DocumentFields(JsonNode root) {
        for (DocumentBlock block : DocumentBlock.all(root)) {
            for (Map.Entry<String, JsonNode> entry : block.element().properties()) {
                add(block, entry.getKey(), entry.getValue());
            }
        }
        found.values().forEach(list -> list.sort(NEAREST));
    }

    private void add(DocumentBlock block, String name, JsonNode element) {
        FieldNames field = FieldNames.of(name);
        if (field != null
                && DocumentTree.isLeaf(element)
                && !DocumentTree.text(element).isEmpty()) {
            found.computeIfAbsent(field, unused -> new ArrayList<>())
                    .add(new Found(name, element, block.depth(), FieldNames.rank(name), block.element()));
        }
    }

    /** All texts of this field, in order of priority. */
    List<Found> all(FieldNames field) {
        return found.getOrDefault(field, List.of());
    }

    /** The text with the highest priority, or an empty text. */
    String text(FieldNames field) {
        return all(field).isEmpty() ? "" : all(field).get(0).text();
    }
}
