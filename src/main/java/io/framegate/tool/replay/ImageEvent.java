package io.framegate.tool.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/**
 * Says of an image in quarantine what its camera said, as an event in JSON that a gateway reads to the same headers.
 *
 * <pre>
 * NOTE                                         DOCUMENT
 * "eventType" : "VFD"                          "smartType":"VFD"
 * "macAddress" : "02:00:5E:10:00:01"           "mac":"02:00:5E:10:00:01"
 * "capturedAt" : "2026-03-28T07:58:21.123456Z" "currentTime":"1774684701123456"
 * "attributes" : { "targetId" : "7" }          "targetId":"7"
 * </pre>
 *
 * <p>The image's role is in its part's name, because an event's kind would otherwise decide. Stateless.
 */
final class ImageEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The names that {@code wire} knows, and what they mean. */
    private static final Map<String, String> PARTS = Map.of(
            "scene", "scenePicture",
            "face", "facePicture",
            "plate", "platePicture",
            "target", "targetPicture",
            "snapshot", "snapshotPicture",
            "album", "albumPicture");

    private static final Map<String, String> FIELDS = Map.of(
            "eventType", "smartType",
            "macAddress", "mac",
            "deviceName", "deviceName",
            "serial", "sn",
            "videoChannel", "channelId");

    private ImageEvent() {}

    /** The name of the image's part. */
    static String part(QuarantineNote note) {
        return PARTS.getOrDefault(note.text("role"), "scenePicture");
    }

    /** What is said of it. */
    static String document(QuarantineNote note) {
        ObjectNode document = JSON.createObjectNode();
        FIELDS.forEach((name, field) -> {
            if (!note.text(name).isEmpty()) {
                document.put(field, note.text(name));
            }
        });
        putTime(document, note.text("capturedAt"));
        for (Map.Entry<String, JsonNode> attribute :
                note.values().path("attributes").properties()) {
            if (!document.has(attribute.getKey())) {
                document.put(attribute.getKey(), attribute.getValue().asText());
            }
        }
        return document.toString();
    }

    /** As cameras write it; a time of the gateway's own clock is finer than that, and then no camera said another. */
    private static void putTime(ObjectNode document, String capturedAt) {
        try {
            Instant time = Instant.parse(capturedAt);
            String micros = Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
            if (time.equals(time.truncatedTo(ChronoUnit.MICROS)) && micros.length() == 16) {
                document.put("currentTime", micros);
            } else {
                document.put("dateTime", capturedAt);
            }
        } catch (DateTimeException none) {
            // Then it is captured when it is received, as it is for a camera that says nothing.
        }
    }

    /** Who it is from, for one that does not say so by its address; empty if its MAC address does. */
    static String camera(QuarantineNote note) {
        if (!note.text("macAddress").isEmpty()) {
            return "";
        }
        String id = note.text("cameraId").isEmpty() ? note.text("peerHost") : note.text("cameraId");
        if (isName(id)) {
            return id;
        }
        // A name of the owner's with spaces, for example; in names of files it was the same as this.
        String safe = note.text("cameraName").replaceFirst("^[^A-Za-z0-9]+", "");
        return isName(safe) ? safe : "";
    }

    private static boolean isName(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    }

    /** For the report. */
    static String summary(QuarantineNote note) {
        String camera = note.text("cameraId").isEmpty() ? note.text("peerHost") : note.text("cameraId");
        return String.format(
                Locale.ROOT,
                "camera=\"%s\" type=%s role=%s captured=%s",
                camera,
                note.text("eventType"),
                note.text("role"),
                note.text("capturedAt"));
    }
}
