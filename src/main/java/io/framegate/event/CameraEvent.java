package io.framegate.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event that a packet reports, in the same form for every dialect. The texts come from the peer: never build a
 * path, a host or an expression from them.
 *
 * @param cameraId the MAC address; without one, the name that the sender gives outside the document, the operator's
 *     name, the id in the document or the peer's address
 * @param camera the camera id, plus the channel of a recorder from the second channel on; file names, wall, metrics and
 *     order use it
 * @param macAddress in upper case with colons, or null if the camera sent no valid one
 * @param deviceName the name that the owner gave the camera, or null
 * @param serial the serial number of the device, or null
 * @param videoChannel the channel of a recorder, or null
 * @param dialect the maker's dialect of the document
 * @param type the kind of event: {@code VFD}, {@code VEHICE}, ..., {@code alarmStatus}, {@code traject},
 *     {@code keepalive}, or {@code frame} for a picture without a document
 * @param capturedAt the camera's clock, or {@code receivedAt} if the camera's time is missing or impossible
 * @param receivedAt this machine's clock
 * @param attributes further texts about the whole event
 * @param images in the order of the packet; empty for status, trajectory and keepalive
 * @param problem why only a part of the document could be read, or null if it is well-formed
 */
public record CameraEvent(
        String cameraId,
        String camera,
        @Nullable String macAddress,
        @Nullable String deviceName,
        @Nullable String serial,
        @Nullable String videoChannel,
        Dialect dialect,
        String type,
        Instant capturedAt,
        Instant receivedAt,
        Map<String, String> attributes,
        List<CameraImage> images,
        @Nullable String problem) {

    /** The type of keep-alives and heartbeats. */
    static final String KEEPALIVE = "keepalive";

    public CameraEvent {
        attributes = Map.copyOf(attributes);
        images = List.copyOf(images);
    }

    /** Whether the event is a keep-alive: the camera only reports that it is online. */
    public boolean isKeepalive() {
        return type.equals(KEEPALIVE);
    }
}
