package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the images of a packet with their description in its document. The wire decoder has replaced the text of each
 * image with its {@linkplain ImageMark mark}.
 *
 * <p>The role of an image beside the document comes from the name that the sender gives it. The first unnamed image is
 * the scene if no other image is.
 *
 * <p>No image is lost. An image whose mark is not in the document, because the document is damaged or missing, is a
 * target; the first one is the scene if no other image is. Marks without an image, and repeated marks, are ignored.
 * Searches {@link #MAX_DEPTH} levels deep. Not thread-safe.
 */
final class EventImages {

    private static final int MAX_DEPTH = 32;

    private final List<PacketImage> images;
    private final boolean json;
    private final @Nullable ImagePlace[] places;

    private EventImages(List<PacketImage> images, boolean json) {
        this.images = images;
        this.json = json;
        this.places = new ImagePlace[images.size()];
    }

    static List<CameraImage> read(JsonNode root, String eventType, Packet packet) {
        if (packet.images().isEmpty()) {
            return List.of();
        }
        EventImages event = new EventImages(packet.images(), packet.hasJsonDocument());
        event.find(new ImagePlace(null, "", 0, root), MAX_DEPTH);
        return event.join(eventType);
    }

    private void find(ImagePlace block, int depth) {
        for (Map.Entry<String, JsonNode> entry : block.element().properties()) {
            find(block, entry.getKey(), entry.getValue(), depth);
        }
    }

    private void find(ImagePlace block, String name, JsonNode value, int depth) {
        if (!value.isArray()) {
            find(new ImagePlace(block, name, 0, value), value, depth);
            return;
        }
        for (int index = 0; index < value.size(); index++) {
            JsonNode element = value.path(index);
            if (element.isArray() && depth > 0) {
                find(block, name, element, depth - 1);
            } else {
                find(new ImagePlace(block, name, index, element), element, depth);
            }
        }
    }

    private void find(ImagePlace place, JsonNode element, int depth) {
        List<Integer> marks = DocumentTree.marks(element);
        marks.forEach(number -> keep(number, place));
        if (depth > 0 && element.isObject()) {
            find(place, depth - 1);
        }
    }

    private void keep(int number, ImagePlace place) {
        boolean known =
                number >= 0 && number < places.length && !images.get(number).isBeside();
        if (known && places[number] == null) {
            places[number] = place;
        }
    }

    private List<CameraImage> join(String eventType) {
        boolean sceneNamed = false;
        for (ImagePlace place : places) {
            sceneNamed |= place != null && place.isScene();
        }
        sceneNamed |= images.stream().anyMatch(image -> image.role() == Role.SCENE);
        List<CameraImage> joined = new ArrayList<>(places.length);
        for (int number = 0; number < places.length; number++) {
            joined.add(image(number, places[number], eventType, sceneNamed));
        }
        return joined;
    }

    private CameraImage image(int number, @Nullable ImagePlace place, String eventType, boolean sceneNamed) {
        PacketImage image = images.get(number);
        boolean first = isUnnamed(number) ? number == firstUnnamed() : number == 0;
        Role role = first && !sceneNamed ? Role.SCENE : Role.TARGET;
        Map<String, String> attributes = Map.of();
        if (image.role() != null) {
            role = image.role();
        }
        if (place != null) {
            Role named = place.role(eventType, sceneNamed);
            role = named == null ? role : named;
            if (role != Role.SCENE || json) {
                attributes = attributes(place);
            }
        }
        return new CameraImage(
                number, role, image.bytes(), image.sha256(), image.encodedLength(), attributes, image.damage());
    }

    /** Whether neither the sender's name nor the place of the image decides its role. */
    private boolean isUnnamed(int number) {
        PacketImage image = images.get(number);
        ImagePlace place = places[number];
        boolean unnamed = image.isBeside() || (place != null && !place.isNamedImage());
        return unnamed && image.role() == null && (place == null || place.roleOfNames() == null);
    }

    private Map<String, String> attributes(ImagePlace place) {
        Attributes attributes = new Attributes();
        place.items(json).forEach(item -> attributes.addItem(item, json));
        return attributes.toMap();
    }

    private int firstUnnamed() {
        int number = 0;
        while (number < images.size() && !isUnnamed(number)) {
            number++;
        }
        return number;
    }
}
