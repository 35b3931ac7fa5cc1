package io.framegate.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image of an event.
 *
 * @param number its place in the packet, from 0
 * @param role what it shows
 * @param bytes the image; or, when damaged, its text as it was received
 * @param sha256 of the bytes, lower-case hexadecimal
 * @param encodedLength length of its text as received, in characters
 * @param declaredWidth in pixels as the camera says; 0 if it does not
 * @param declaredHeight in pixels as the camera says; 0 if it does not
 * @param attributes what the camera says of this image's object: {@code targetId}, {@code plateNumber}, {@code age}, ...
 * @param damage why its text could not be decoded, or null if it could
 */
public record CameraImage(
        int number,
        Role role,
        byte[] bytes,
        String sha256,
        int encodedLength,
        int declaredWidth,
        int declaredHeight,
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
