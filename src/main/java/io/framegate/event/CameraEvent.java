package io.framegate.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a camera said, whatever dialect it said it in. Texts are the peer's: never build a path, a host or an expression
 * from them.
 *
 * @param cameraId the MAC address, else the peer's address
 * @param macAddress upper case with colons, or null if the camera did not give a valid one
 * @param deviceName the name its owner gave the camera, or null
 * @param serial the device's serial number, or null
 * @param videoChannel a recorder's channel, or null
 * @param type the kind of event: {@code VFD}, {@code VEHICE}, ..., {@code alarmStatus}, {@code traject}, {@code keepalive},
 *     {@code frame} for a picture nothing is said of
 * @param capturedAt the camera's clock; {@code receivedAt} where the camera's is missing or impossible
 * @param receivedAt this machine's clock
 * @param attributes what else it says of the whole event
 * @param images in the packet's order; empty for status, trajectory and keepalive
 * @param problem why the document could be read only in part, or null if it is well-formed
 */
public record CameraEvent(
        String cameraId,
        @Nullable String macAddress,
        @Nullable String deviceName,
        @Nullable String serial,
        @Nullable String videoChannel,
        String type,
        Instant capturedAt,
        Instant receivedAt,
        Map<String, String> attributes,
        List<CameraImage> images,
        @Nullable String problem) {

    public CameraEvent {
        attributes = Map.copyOf(attributes);
        images = List.copyOf(images);
    }
}
