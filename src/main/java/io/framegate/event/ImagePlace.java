package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an element stands in a document, and what an image there shows.
 *
 * <pre>
 * sourceDataInfo | sourceData | directly in the root            SCENE
 * snapData                                                      SNAPSHOT
 * albumData                                                     ALBUM
 * listInfo/item[0] of a vehicle event, without a plate          SCENE, if no other image is
 * item/targetImageData, by list, by plate or by event type      FACE, PLATE, TARGET
 * </pre>
 *
 * <p>{@code sourceBase64Data} in {@code targetImageData} is a crop, whatever its name: some firmware calls all images
 * so. Immutable.
 *
 * @param parent the element around it, or null for the root
 * @param name as the document spells it
 * @param index among elements of the same name and parent
 * @param element the element itself
 */
record ImagePlace(@Nullable ImagePlace parent, String name, int index, JsonNode element) {

    Role role(String eventType, boolean sceneNamed) {
        for (ImagePlace place = this; place != null; place = place.parent) {
            if (place.isNamed("album")) {
                return Role.ALBUM;
            }
            if (place.isNamed("snap")) {
                return Role.SNAPSHOT;
            }
        }
        String type = eventType.toUpperCase(Locale.ROOT);
        boolean vehicle =
                type.contains("VEHIC") || type.contains("PLATE") || type.contains("LPR") || type.contains("ANPR");
        if (isScene() || (vehicle && !sceneNamed && isFirstWithoutPlate())) {
            return Role.SCENE;
        }
        if (isIn("face")) {
            return Role.FACE;
        }
        if (isIn("plate") || hasPlate()) {
            return Role.PLATE;
        }
        if (type.contains("FACE") || type.contains("VFD")) {
            return Role.FACE;
        }
        return vehicle ? Role.PLATE : Role.TARGET;
    }

    /** Whether the document calls this the scene: the nearest name that says anything decides. */
    boolean isScene() {
        for (ImagePlace place = parent; place != null; place = place.parent) {
            if (place.isNamed("source")) {
                return true;
            }
            if (place.isNamed("target") || place.isNamed("item") || place.isNamed("album") || place.isNamed("snap")) {
                return false;
            }
        }
        return isNamed("source") || (isNamed("base64") && parent != null && parent.parent == null);
    }

    /** What the image's object is described by: the list's item, else the block around the picture; null for the root. */
    @Nullable
    JsonNode item() {
        ImagePlace item = listItem();
        if (item != null) {
            return item.element;
        }
        ImagePlace block = parent == null ? null : parent.parent;
        return block == null || block.parent == null ? null : block.element;
    }

    /** The image's declared width or height in pixels; 0 if there is none. */
    int size(String dimension) {
        return parent == null ? 0 : AsciiDigits.parseInt(DocumentTree.text(parent.element, dimension), 0);
    }

    /** Plate cameras send the scene as the first item of the list of plates. */
    private boolean isFirstWithoutPlate() {
        ImagePlace item = listItem();
        if (item == null || item.parent == null || !item.parent.name.equalsIgnoreCase("listInfo")) {
            return false;
        }
        String number = DocumentTree.text(item.element, "image");
        boolean first = number.isEmpty() ? item.index == 0 : number.equals("0");
        return first && DocumentTree.text(item.element, Attributes.PLATE_NUMBER).isEmpty();
    }

    private @Nullable ImagePlace listItem() {
        ImagePlace place = parent;
        while (place != null && !place.name.equalsIgnoreCase("item")) {
            place = place.parent;
        }
        return place;
    }

    private boolean hasPlate() {
        for (ImagePlace place = parent; place != null; place = place.parent) {
            if (!DocumentTree.text(place.element, Attributes.PLATE_NUMBER).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(String word) {
        for (ImagePlace place = this; place != null; place = place.parent) {
            if (DocumentTree.lowerCase(place.name).contains(word)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
