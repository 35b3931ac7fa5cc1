package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The place of an element in a document, and the role of an image at this place.
 *
 * <pre>
 * sourceDataInfo | sourceData | directly in the root            SCENE
 * snapData                                                      SNAPSHOT
 * albumData                                                     ALBUM
 * listInfo/item[0] of a vehicle event, without a plate          SCENE, if no other image is one
 * item/targetImageData, by list, by plate or by event type      FACE, PLATE, TARGET
 * </pre>
 *
 * <p>These rules apply to elements that are named {@code ...Base64Data}. The role of an image that was recognised by
 * its text comes from the {@linkplain RoleWords words} in the name of its element, then in the names of the enclosing
 * elements.
 *
 * <p>{@code sourceBase64Data} in {@code targetImageData} is a crop, because some firmware uses this name for all
 * images. Immutable.
 *
 * @param parent the place of the enclosing element, or null for the root
 * @param name the element's name as the document spells it
 * @param index the element's index among those of the same name and parent
 * @param element the element
 */
record ImagePlace(@Nullable ImagePlace parent, String name, int index, JsonNode element) {

    private static final int MAX_ITEMS = 8;

    /** The type of a picture in GA/T 1400, in the object that holds it: {@code "Type": "11"}. */
    private static final String TYPE = "Type";

    private static final String TYPED_LIST = "subimage";

    /** The role of the image at this place, or null if nothing decides it. */
    @Nullable
    Role role(String eventType, boolean sceneNamed) {
        if (!isNamedImage()) {
            return roleOfNames();
        }
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

    /** Whether the element's name says that it contains an image. */
    boolean isNamedImage() {
        return DocumentTree.isImageName(name);
    }

    /** The role from the name of the element, or else from the nearest enclosing name; null if no name gives a role. */
    @Nullable
    Role roleOfNames() {
        for (ImagePlace place = this; place != null; place = place.parent) {
            Role role = RoleWords.role(place.name);
            if (role == null && place.isIn(TYPED_LIST)) {
                role = RoleWords.ofPictureType(DocumentTree.text(place.element, TYPE));
            }
            if (role != null) {
                return role;
            }
        }
        return null;
    }

    /** Whether the image at this place is the scene. The nearest enclosing name with a role decides. */
    boolean isScene() {
        if (!isNamedImage()) {
            return roleOfNames() == Role.SCENE;
        }
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

    /**
     * The elements that describe the object in the image, the nearest first: the list's item, or the block around the
     * image's own block. In JSON, which has no names for items, and for an image that was recognised by its text: all
     * enclosing blocks. The root is never one of them.
     */
    List<JsonNode> items(boolean json) {
        ImagePlace item = listItem();
        if (item != null) {
            return List.of(item.element);
        }
        boolean all = json || !isNamedImage();
        return enclosing()
                .skip(all ? 0 : 1)
                .limit(all ? MAX_ITEMS : 1)
                .filter(place -> place.parent != null)
                .map(ImagePlace::element)
                .toList();
    }

    /** Plate cameras send the scene as the first item in the list of plates. */
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
        return enclosing()
                .filter(place -> place.name.equalsIgnoreCase("item"))
                .findFirst()
                .orElse(null);
    }

    private boolean hasPlate() {
        return enclosing().anyMatch(place -> !DocumentTree.text(place.element, Attributes.PLATE_NUMBER)
                .isEmpty());
    }

    private boolean isIn(String word) {
        return Stream.concat(Stream.of(this), enclosing())
                .anyMatch(place -> DocumentTree.lowerCase(place.name).contains(word));
    }

    /** The enclosing elements, from the inside out. */
    private Stream<ImagePlace> enclosing() {
        return Stream.iterate(parent, Objects::nonNull, place -> place.parent);
    }

    private boolean isNamed(String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
