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
 * Turns the note of an image in quarantine into a JSON event, from which a gateway reads the same headers as before.
 *
 * <pre>
 * NOTE                                         DOCUMENT
 * "eventType" : "VFD"                          "smartType":"VFD"
 * "macAddress" : "02:00:5E:10:00:01"           "mac":"02:00:5E:10:00:01"
 * "capturedAt" : "2026-03-28T07:58:21.123456Z" "currentTime":"1774684701123456"
 * "attributes" : { "targetId" : "7" }          "targetId":"7"
 * </pre>
 *
 * <p>The name of the image's part determines the role. Without it, the kind of event would. Stateless.
 */
final class ImageEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Roles, and the names of parts from which the gateway reads them. */
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

    /** Returns the name of the part that holds the image. */
    static String part(QuarantineNote note) {
        return PARTS.getOrDefault(note.text("role"), "scenePicture");
    }

    /** Returns the event as JSON. */
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

    /**
     * Writes the time as cameras do, in microseconds. A finer time is from the gateway's clock: the camera sent none.
     */
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
            // Without a time in the event, the gateway takes the time of receipt.
        }
    }

    /** Returns the name of a camera without a MAC address, or an empty text. */
    static String camera(QuarantineNote note) {
        if (!note.text("macAddress").isEmpty()) {
            return "";
        }
        String id = note.text("cameraId").isEmpty() ? note.text("peerHost") : note.text("cameraId");
        if (isName(id)) {
            return id;
        }
        // The id may be a name with spaces. File names contain its safe form, so they stay the same.
        String safe = note.text("cameraName").replaceFirst("^[^A-Za-z0-9]+", "");
        return isName(safe) ? safe : "";
    }

    private static boolean isName(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    }

    /** Returns the text about the image for the report. */
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
