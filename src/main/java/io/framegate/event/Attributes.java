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
 * Collects what a camera says besides the fields of an event, as texts by element name.
 *
 * <pre>
 * &lt;albumInfo&gt;&lt;personId&gt;12&lt;/personId&gt;&lt;/albumInfo&gt;                    personId = 12
 * &lt;sensorAlarm id="1"/&gt;&lt;sensorAlarm id="2"&gt;true&lt;/...           sensorAlarm = true, sensorAlarm.id = 2
 * &lt;rect&gt;&lt;x1&gt;8&lt;/x1&gt;&lt;y1&gt;1&lt;/y1&gt;&lt;x2&gt;9&lt;/x2&gt;&lt;y2&gt;3&lt;/y2&gt;&lt;/rect&gt;        rect = 8,1,9,3
 * </pre>
 *
 * <p>A rule instead of a list of names, because every firmware adds some: leaves of a block and of the blocks in it, the
 * outer before the inner, the first of a list only, empty ones left out. Repeated leaves are joined by commas. At most
 * {@link #MAX} texts of {@link PeerText#MAX_LENGTH} characters. Not for use by several threads.
 */
final class Attributes {

    static final int MAX = 64;

    static final String PLATE_NUMBER = "plateNumber";

    /** Where an event's fields come from. */
    private static final Set<String> FIELDS = Set.of(
            "mac", "macaddress", "devicename", "sn", "channelid", "smarttype", "currenttime", "eventtype", "datetime");

    /** What stands beside an image and speaks of its encoding only. */
    private static final Set<String> ENCODING = Set.of("datatype", "width", "height");

    /** Names integrators rely on, in the spelling they can rely on. */
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

    /** Levels of blocks below an event's root: {@code perimeterInfo/item/eventId} is still read. */
    private static final int EVENT_DEPTH = 2;

    private static final int IMAGE_DEPTH = 1;
    private static final int SEARCH_DEPTH = 8;

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Reads what is said of the event as a whole; what is said of one image's object is left to the image. */
    Attributes addEvent(JsonNode root) {
        addBlock("", root, EVENT_DEPTH, FIELDS);
        return this;
    }

    /** Reads what is said of an image's object. */
    Attributes addItem(JsonNode item) {
        addBlock("", item, IMAGE_DEPTH, Set.of());
        return this;
    }

    /** Keeps the text unless it is empty, the key is unusable or taken, or there are {@link #MAX} already. */
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
            if (!encoding && !declaration && !ignored.contains(key) && !DocumentTree.isImage(key)) {
                // The items of a list of leaves are values of the list: an "item" of its own says nothing.
                addLeaf(key.equals("item") && !name.isEmpty() ? name : entry.getKey(), entry.getValue());
            }
        }
        if (depth > 0 && texts.size() < MAX) {
            for (Map.Entry<String, JsonNode> entry : block.properties()) {
                addInnerBlock(entry.getKey(), entry.getValue(), depth, ignored);
            }
        }
    }

    /** {@code types} is the protocol's own list of what could be said, in every packet again. */
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

    /** A few elements carry their value in an attribute: {@code <PlateConfidence type="uint32" count="9900"/>}. */
    private static String value(JsonNode element) {
        String text = DocumentTree.text(element);
        return text.isEmpty() && !DocumentTree.isList(element) ? DocumentTree.text(element, "count") : text;
    }

    /** A rectangle or a point; empty if the block is neither. */
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
