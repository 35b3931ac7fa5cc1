package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Collects the texts of a document that are no field of {@link CameraEvent}, by element name.
 *
 * <pre>
 * &lt;albumInfo&gt;&lt;personId&gt;12&lt;/personId&gt;...                 personId = 12
 * &lt;sensorAlarm id="1"/&gt;&lt;sensorAlarm id="2"&gt;true&lt;/...    sensorAlarm = true, sensorAlarm.id = 2
 * &lt;rect&gt;&lt;x1&gt;8...&lt;y1&gt;1...&lt;x2&gt;9...&lt;y2&gt;3...&lt;/rect&gt;         rect = 8,1,9,3
 * </pre>
 *
 * <p>Takes elements by a rule, because each firmware version adds names: the leaves of a block and of the blocks in it,
 * the outer before the inner. Of a list it takes only the first item. Repeated leaves are joined by commas, and empty
 * ones are left out. Collects at most {@link #MAX} texts of {@link PeerText#MAX_LENGTH} characters. Not thread-safe.
 */
final class Attributes {

    static final int MAX = 64;

    static final String PLATE_NUMBER = "plateNumber";

    /** Elements that are fields of {@link CameraEvent}. */
    private static final Set<String> FIELDS = Set.of(
            "mac", "macaddress", "devicename", "sn", "channelid", "smarttype", "currenttime", "eventtype", "datetime");

    /** Elements beside an image that describe only its encoding. */
    private static final Set<String> ENCODING = Set.of("datatype", "width", "height");

    /** The documented spelling of the names that integrators use. */
    private static final Map<String, String> SPELLINGS = Stream.of(
                    "targetId",
                    PLATE_NUMBER,
                    "rect",
                    "age",
                    "sex",
                    "glasses",
                    "mask",
                    "vehicleDirect",
                    "eventId",
                    "snapTime",
                    "dataTime",
                    "similarity",
                    "matchResult",
                    "personId",
                    "subscribeOption",
                    "messageType")
            .collect(Collectors.toMap(DocumentTree::lowerCase, name -> name));

    static {
        SPELLINGS.put("licenseplate", PLATE_NUMBER);
    }

    private static final List<List<String>> SHAPES = List.of(List.of("x1", "y1", "x2", "y2"), List.of("x", "y"));

    /** The number of block levels that are read below an event's root, as in {@code perimeterInfo/item/eventId}. */
    private static final int EVENT_DEPTH = 2;

    private static final int IMAGE_DEPTH = 1;
    private static final int SEARCH_DEPTH = 8;

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Adds the attributes of the event, without those of the objects in its images. */
    Attributes addEvent(JsonNode root) {
        addBlock("", root, EVENT_DEPTH, FIELDS);
        return this;
    }

    /** Adds the attributes of the object in one image. */
    Attributes addItem(JsonNode item) {
        addBlock("", item, IMAGE_DEPTH, Set.of());
        return this;
    }

    /** Adds a text, unless it is empty, its key is invalid or taken, or there are {@link #MAX} texts already. */
    Attributes put(String name, String text) {
        String key = SPELLINGS.getOrDefault(DocumentTree.lowerCase(name), name);
        if (!text.isEmpty() && texts.size() < MAX && PeerText.isKey(key)) {
            texts.putIfAbsent(key, text);
        }
        return this;
    }

    Map<String, String> toMap() {
        return texts;
    }

    private void addBlock(String name, JsonNode block, int depth, Set<String> ignored) {
        boolean picture = DocumentTree.isPicture(block);
        boolean list = DocumentTree.isList(block);
        for (Map.Entry<String, JsonNode> entry : block.properties()) {
            String key = DocumentTree.lowerCase(entry.getKey());
            boolean encoding = picture && (ENCODING.contains(key) || key.endsWith("base64length"));
            boolean declaration = list && (key.equals("type") || key.equals("count"));
            if (!encoding && !declaration && !ignored.contains(key) && !DocumentTree.isImage(key, entry.getValue())) {
                // The items in a list of leaves are values of the list, so they take its name.
                addLeaf(key.equals("item") && !name.isEmpty() ? name : entry.getKey(), entry.getValue());
            }
        }
        if (depth > 0 && texts.size() < MAX) {
            for (Map.Entry<String, JsonNode> entry : block.properties()) {
                addInnerBlock(entry.getKey(), entry.getValue(), depth, ignored);
            }
        }
    }

    /** Skips {@code types}, in which each packet repeats the possible values of the protocol. */
    private void addInnerBlock(String name, JsonNode element, int depth, Set<String> ignored) {
        JsonNode one = DocumentTree.first(element);
        boolean read = DocumentTree.isLeaf(one) || !coordinates(one).isEmpty();
        if (read || name.equalsIgnoreCase("types") || DocumentTree.isPicture(one)) {
            return;
        }
        if (!element.isArray() && !name.equalsIgnoreCase("item")) {
            addBlock(name, element, depth - 1, ignored);
            return;
        }
        for (JsonNode item : element.isArray() ? element : Set.of(element)) {
            if (!DocumentTree.holdsImage(item, SEARCH_DEPTH)) {
                addBlock(name, item, depth - 1, ignored);
                return;
            }
        }
    }

    private void addLeaf(String name, JsonNode element) {
        if (!DocumentTree.isLeaf(element)) {
            put(name, coordinates(DocumentTree.first(element)));
            return;
        }
        StringJoiner values = new StringJoiner(",");
        StringJoiner ids = new StringJoiner(",");
        for (JsonNode one : element.isArray() ? element : Set.of(element)) {
            String value = value(one);
            if (!value.isEmpty() && values.length() <= PeerText.MAX_LENGTH) {
                values.add(value);
                String id = DocumentTree.text(one, "id");
                if (!id.isEmpty()) {
                    ids.add(id);
                }
            }
        }
        put(name, PeerText.clean(values.toString()));
        put(name + ".id", PeerText.clean(ids.toString()));
    }

    /** Some elements have their value in an attribute: {@code <PlateConfidence type="uint32" count="9900"/>}. */
    private static String value(JsonNode element) {
        String text = DocumentTree.text(element);
        return text.isEmpty() && !DocumentTree.isList(element) ? DocumentTree.text(element, "count") : text;
    }

    /** The numbers of a rectangle or a point; empty if the block is neither. */
    private static String coordinates(JsonNode block) {
        for (List<String> names : SHAPES) {
            List<String> values =
                    names.stream().map(name -> DocumentTree.text(block, name)).toList();
            if (!values.contains("")) {
                return PeerText.clean(String.join(",", values));
            }
        }
        return "";
    }
}
