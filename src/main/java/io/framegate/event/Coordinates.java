package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the numbers of a rectangle or a point in a block.
 *
 * <pre>
 * {"x1": 8, "y1": 1, "x2": 9, "y2": 3}               8,1,9,3       the block is a rectangle
 * {"X": 338, "Y": 340, "width": 117, "height": 44}   338,340,117,44
 * {"x": 1, "y": 2, "w": 3, "h": 4, "label": "car"}   1,2,4,6       the block contains a rectangle: its corners
 * </pre>
 *
 * <p>Names are case-insensitive. Stateless.
 */
final class Coordinates {

    /** A shape: its names, and whether the last two are a size. */
    private record Shape(List<String> names, boolean sized) {

        static Shape corners(String... names) {
            return new Shape(List.of(names), false);
        }

        static Shape sized(String... names) {
            return new Shape(List.of(names), true);
        }
    }

    private static final List<Shape> RECTANGLES = List.of(
            Shape.corners("x1", "y1", "x2", "y2"),
            Shape.corners("left", "top", "right", "bottom"),
            Shape.corners("lefttopx", "lefttopy", "rightbtmx", "rightbtmy"),
            Shape.corners("xmin", "ymin", "xmax", "ymax"),
            Shape.sized("x", "y", "width", "height"),
            Shape.sized("x", "y", "w", "h"),
            Shape.sized("left", "top", "width", "height"),
            Shape.sized("lp_x", "lp_y", "lp_w", "lp_h"));

    private static final List<List<String>> POINTS = List.of(List.of("x", "y"), List.of("positionx", "positiony"));

    /** The allowed names in a block that is only a shape, including the attributes of XML elements. */
    private static final Set<String> NAMES = new HashSet<>(Set.of("type", "count", "id"));

    static {
        RECTANGLES.forEach(shape -> NAMES.addAll(shape.names));
        POINTS.forEach(NAMES::addAll);
    }

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    private Coordinates() {}

    /** Whether the block is only a rectangle or a point. */
    static boolean are(JsonNode block) {
        return !of(block).isEmpty();
    }

    /** The numbers of a block that is only a rectangle or a point, as sent; otherwise empty. */
    static String of(JsonNode block) {
        for (Map.Entry<String, JsonNode> entry : block.properties()) {
            if (!NAMES.contains(DocumentTree.lowerCase(entry.getKey()))) {
                return "";
            }
        }
        Map<String, String> texts = texts(block);
        for (Shape shape : RECTANGLES) {
            if (texts.keySet().containsAll(shape.names)) {
                return joined(texts, shape.names);
            }
        }
        for (List<String> point : POINTS) {
            if (texts.keySet().containsAll(point)) {
                return joined(texts, point);
            }
        }
        return "";
    }

    /**
     * The corners {@code x1,y1,x2,y2} of the rectangle in a block, which may contain other elements; otherwise empty.
     */
    static String corners(JsonNode block) {
        Map<String, String> texts = texts(block);
        texts.values().removeIf(text -> !NUMBER.matcher(text).matches());
        for (Shape shape : RECTANGLES) {
            if (texts.keySet().containsAll(shape.names)) {
                return join(shape.names.stream().map(texts::get).toList(), shape.sized);
            }
        }
        return "";
    }

    /** The corners in a list of four numbers, {@code [x1,y1,x2,y2]}, that are not all zero; otherwise empty. */
    static String cornersOfList(JsonNode list) {
        if (!list.isArray() || list.size() != 4) {
            return "";
        }
        List<String> values = new ArrayList<>();
        list.forEach(one -> values.add(DocumentTree.text(one)));
        boolean numbers =
                values.stream().allMatch(value -> NUMBER.matcher(value).matches());
        return numbers ? join(values, false) : "";
    }

    private static String join(List<String> values, boolean sized) {
        BigDecimal[] numbers = values.stream().map(BigDecimal::new).toArray(BigDecimal[]::new);
        if (sized) {
            numbers[2] = numbers[2].add(numbers[0]);
            numbers[3] = numbers[3].add(numbers[1]);
        }
        if (Arrays.stream(numbers).allMatch(number -> number.signum() == 0)) {
            return "";
        }
        return String.join(
                ",", Arrays.stream(numbers).map(BigDecimal::toPlainString).toList());
    }

    private static String joined(Map<String, String> texts, List<String> names) {
        return PeerText.clean(String.join(",", names.stream().map(texts::get).toList()));
    }

    /** The texts in the block whose names belong to shapes, by their names in lower case. */
    private static Map<String, String> texts(JsonNode block) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : block.properties()) {
            String name = DocumentTree.lowerCase(entry.getKey());
            String text = NAMES.contains(name) ? DocumentTree.text(entry.getValue()) : "";
            if (!text.isEmpty()) {
                texts.putIfAbsent(name, text);
            }
        }
        return texts;
    }
}
