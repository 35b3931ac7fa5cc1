package io.framegate.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image of an event.
 *
 * @param number its index in the packet, from 0
 * @param role its role in the event: the scene, a face, a plate, ...
 * @param bytes the image, or its text as received if it is damaged
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param encodedLength the length of its text as received, in characters
 * @param attributes texts about the object in this image: {@code targetId}, {@code plateNumber}, {@code age}, ...
 * @param damage why its text could not be decoded, or null
 */
public record CameraImage(
        int number,
        Role role,
        byte[] bytes,
        String sha256,
        int encodedLength,
        Map<String, String> attributes,
        @Nullable String damage) {

    public CameraImage {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String toString() {
        return "CameraImage[" + number + ", " + role.tag() + ", " + bytes.length + " bytes]";
    }
}
