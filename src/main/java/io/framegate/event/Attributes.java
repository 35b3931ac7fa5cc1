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
 * Collects the texts of a document that are not fields of {@link CameraEvent}, by element name.
 *
 * <pre>
 * &lt;albumInfo&gt;&lt;personId&gt;12&lt;/personId&gt;...                 personId = 12
 * &lt;sensorAlarm id="1"/&gt;&lt;sensorAlarm id="2"&gt;true&lt;/...    sensorAlarm = true, sensorAlarm.id = 2
 * &lt;rect&gt;&lt;x1&gt;8...&lt;y1&gt;1...&lt;x2&gt;9...&lt;y2&gt;3...&lt;/rect&gt;         rect = 8,1,9,3
 * </pre>
 *
 * <p>Selects elements by a rule, because each firmware version adds names: the leaves of a block and of all nested
 * blocks, outer blocks first. Plate, rectangle, event id and event state also get the names that are common to all
 * makers ({@link FieldNames}). Reads only the first item of a list, joins repeated leaves with commas, and omits empty
 * leaves. Collects at most {@link #MAX} texts of {@link PeerText#MAX_LENGTH} characters. Not thread-safe.
 */
final class Attributes {

    static final int MAX = 64;

    static final String PLATE_NUMBER = "plateNumber";
    static final String RECTANGLE = "rect";
    static final String EVENT_ID = "eventId";
    static final String EVENT_STATE = "eventState";

    /** Elements that are fields of {@link CameraEvent}. */
    private static final Set<String> FIELDS = Set.of(
            "mac", "macaddress", "devicename", "sn", "channelid", "smarttype", "currenttime", "eventtype", "datetime");

    /** Elements beside an image that describe only its encoding. */
    private static final Set<String> ENCODING = Set.of("datatype", "width", "height");

    /** The documented spelling of the names that integrators use. */
    private static final Map<String, String> SPELLINGS = Stream.of(
                    "targetId",
                    PLATE_NUMBER,
                    RECTANGLE,
                    "age",
                    "sex",
                    "glasses",
                    "mask",
                    "vehicleDirect",
                    EVENT_ID,
                    EVENT_STATE,
                    "snapTime",
                    "dataTime",
                    "similarity",
                    "matchResult",
                    "personId",
                    "subscribeOption",
                    "messageType")
            .collect(Collectors.toMap(DocumentTree::lowerCase, name -> name));

    static {
        FieldNames.PLATE.names().forEach(name -> SPELLINGS.put(DocumentTree.lowerCase(name), PLATE_NUMBER));
    }

    private static final Map<String, String> STATES =
            Map.of("start", "active", "stop", "inactive", "begin", "active", "end", "inactive");

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Adds the attributes of the event, without those of the objects in its images. */
    Attributes addEvent(JsonNode root, boolean json) {
        return add(DocumentBlock.withoutImages(root, json), FIELDS);
    }

    /** Adds the attributes of the object in one image. */
    Attributes addItem(JsonNode item, boolean json) {
        return add(DocumentBlock.withoutImages(item, json), Set.of());
    }

    /** Attributes with unique names come first, because texts beyond the limit are dropped. */
    private Attributes add(List<DocumentBlock> blocks, Set<String> ignored) {
        blocks.forEach(this::addKnown);
        for (DocumentBlock block : blocks) {
            if (texts.size() < MAX) {
                addBlock(block.name(), block.element(), ignored);
            }
        }
        return this;
    }

    private void addKnown(DocumentBlock block) {
        for (Map.Entry<String, JsonNode> entry : block.element().properties()) {
            FieldNames field = FieldNames.of(entry.getKey());
            JsonNode element = entry.getValue();
            if (field == FieldNames.RECTANGLE) {
                addLeaf(entry.getKey(), element);
                put(RECTANGLE, Coordinates.cornersOfList(element));
            } else if (field != null && DocumentTree.isLeaf(element)) {
                String text = DocumentTree.text(element);
                switch (field) {
                    case PLATE -> put(PLATE_NUMBER, text);
                    case EVENT_ID -> put(EVENT_ID, text);
                    case EVENT_STATE -> put(EVENT_STATE, STATES.getOrDefault(DocumentTree.lowerCase(text), ""));
                    default -> {}
                }
            }
        }
        put(RECTANGLE, Coordinates.corners(block.element()));
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

    private void addBlock(String name, JsonNode block, Set<String> ignored) {
        boolean picture = DocumentTree.isPicture(block);
        boolean list = DocumentTree.isList(block);
        for (Map.Entry<String, JsonNode> entry : block.properties()) {
            String key = DocumentTree.lowerCase(entry.getKey());
            boolean encoding = picture && (ENCODING.contains(key) || key.endsWith("base64length"));
            boolean declaration = list && (key.equals("type") || key.equals("count"));
            if (!encoding && !declaration && !ignored.contains(key) && !DocumentTree.isImage(key, entry.getValue())) {
                // The items in a list of leaves are values of the list, so they get its name.
                addLeaf(key.equals("item") && !name.isEmpty() ? name : entry.getKey(), entry.getValue());
            }
        }
    }

    private void addLeaf(String name, JsonNode element) {
        if (!DocumentTree.isLeaf(element)) {
            put(name, Coordinates.of(DocumentTree.first(element)));
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
}
