package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.framegate.event.CameraClock.LocalZones;
import io.framegate.event.CameraClock.Reading;
import io.framegate.event.DocumentFields.Found;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the document of a packet, XML or JSON in any {@link Dialect}, into a {@link CameraEvent}.
 *
 * <pre>
 * PACKET'S DOCUMENT                                         EVENT
 * &lt;config version="1.7" xmlns="http://www.ipc.com/ver10"&gt;
 *   &lt;smartType type="openAlramObj"&gt;VFD&lt;/smartType&gt;          type VFD
 *   &lt;currentTime&gt;1760000000123456&lt;/currentTime&gt;             capturedAt 2025-10-09T08:53:20.123456Z
 *   &lt;mac&gt;&lt;![CDATA[02:00:00:aa:bb:01]]&gt;&lt;/mac&gt;                cameraId 02:00:00:AA:BB:01
 *   &lt;sourceDataInfo&gt;&lt;sourceBase64Data&gt;image:0...            image 0, SCENE
 *   &lt;listInfo&gt;&lt;item&gt;&lt;targetId&gt;31&lt;/targetId&gt;...              image 1, FACE, targetId 31
 * </pre>
 *
 * <p>Firmware deviates from its vendor's documentation: in letter case, in CDATA or plain text, in the depth of fields,
 * and in misspelt types. So fields are found by name, at any depth. {@link FieldNames} is the table of names.
 *
 * <p>Reading never fails and loses no image. The peer's address and the time of receipt replace a missing camera and
 * time.
 *
 * <p>Limits: 64 attributes for the event and for each image, 256 characters for each text, without control characters.
 * Stateless.
 */
public final class CameraDocument {

    private static final String FRAME = "frame";
    private static final String UNKNOWN = "unknown";

    private CameraDocument() {}

    /** Reads a well-formed document by the {@linkplain DocumentRules#STANDARD standard rules}. */
    public static CameraEvent read(JsonNode tree, Packet packet, String peerHost, Instant receivedAt) {
        return read(tree, packet, new Sender(peerHost, null, receivedAt), DocumentRules.STANDARD);
    }

    /**
     * Reads a well-formed document.
     *
     * @param tree the packet's document as Jackson reads it
     */
    public static CameraEvent read(JsonNode tree, Packet packet, Sender sender, DocumentRules rules) {
        return event(tree, packet, sender, rules, null);
    }

    /** Reads as much as possible of a document by the {@linkplain DocumentRules#STANDARD standard rules}. */
    public static CameraEvent readLeniently(Packet packet, String peerHost, Instant receivedAt, String problem) {
        return readLeniently(packet, new Sender(peerHost, null, receivedAt), DocumentRules.STANDARD, problem);
    }

    /**
     * Reads as much as possible of a document that is not well-formed. An empty document is a keepalive, not a problem.
     *
     * @param problem why the document is not well-formed; only its first line is kept
     */
    public static CameraEvent readLeniently(Packet packet, Sender sender, DocumentRules rules, String problem) {
        String kept = isBlank(packet.document()) ? null : PeerText.clean(firstLine(problem));
        JsonNode tree = packet.hasJsonDocument()
                ? JsonDocument.readLeniently(packet.document())
                : LenientXml.read(packet.document());
        return event(tree, packet, sender, rules, kept);
    }

    private static CameraEvent event(
            JsonNode document, Packet packet, Sender sender, DocumentRules rules, @Nullable String problem) {
        JsonNode tree = JsonDocument.unwrapped(document, packet);
        DocumentFields fields = new DocumentFields(tree);
        String root = packet.hasJsonDocument() ? "" : LenientXml.rootName(packet.document());
        Dialect dialect = Dialect.of(document, root);
        CameraIdentity camera = CameraIdentity.of(fields, dialect, packet, sender, rules.channels());
        boolean keepalive = packet.images().isEmpty()
                && (isBlank(packet.document()) || rules.keepalives().contains(document, root));
        String type =
                keepalive ? CameraEvent.KEEPALIVE : type(tree, fields, packet, JsonDocument.name(document, dialect));
        LocalZones zones = new LocalZones(ownZone(rules, camera, sender), rules.zone());
        Reading clock = CameraClock.read(fields, dialect, zones, sender.receivedAt());
        Instant sentAt = CaptureTime.ifPossible(packet.sentAt(), sender.receivedAt());
        Instant capturedAt = sentAt != null ? sentAt : clock != null ? clock.time() : sender.receivedAt();
        List<CameraImage> images = EventImages.read(tree, type, packet);
        Attributes attributes = new Attributes();
        putUnusedTimes(fields, sentAt == null && clock != null ? clock.found() : null, attributes);
        putUnusedType(tree, type, attributes);
        attributes.put(Attributes.PLATE_NUMBER, onlyPlate(images)).addEvent(tree, packet.hasJsonDocument());
        return new CameraEvent(
                camera.cameraId(),
                camera.camera(),
                camera.macAddress(),
                nullIfEmpty(fields.text(FieldNames.DEVICE_NAME)),
                nullIfEmpty(fields.text(FieldNames.SERIAL)),
                camera.channel(),
                dialect,
                type,
                capturedAt,
                sender.receivedAt(),
                attributes.toMap(),
                images,
                problem);
    }

    private static @Nullable ZoneId ownZone(DocumentRules rules, CameraIdentity camera, Sender sender) {
        return Stream.of(camera.camera(), camera.cameraId(), camera.macAddress(), sender.name(), sender.host())
                .filter(Objects::nonNull)
                .map(rules.zones()::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * {@code currentTime} and {@code dateTime} are attributes only if they are not the capture time. All other times
     * are always attributes.
     */
    private static void putUnusedTimes(DocumentFields fields, @Nullable Found used, Attributes attributes) {
        for (Found found : fields.all(FieldNames.TIME)) {
            if (!found.equals(used) && found.isNamed("currentTime")) {
                attributes.put("currentTime", found.text());
            }
            if (!found.equals(used) && found.isNamed("dateTime")) {
                attributes.put("dateTime", found.text());
            }
        }
    }

    private static void putUnusedType(JsonNode tree, String type, Attributes attributes) {
        String eventType = DocumentTree.text(tree, "eventType");
        if (!eventType.equals(type)) {
            attributes.put("eventType", eventType);
        }
    }

    private static String type(JsonNode tree, DocumentFields fields, Packet packet, String name) {
        String type = DocumentTree.text(tree, "smartType");
        if (type.isEmpty() && !DocumentTree.child(tree, "traject").isMissingNode()) {
            return "traject";
        }
        if (type.isEmpty() && !DocumentTree.child(tree, "alarmStatusInfo").isMissingNode()) {
            return "alarmStatus";
        }
        if (!type.isEmpty()) {
            return type;
        }
        return fields.all(FieldNames.TYPE).stream()
                .map(Found::text)
                // A number is not a type, and a keepalive with further content is an event of another type.
                .filter(text -> AsciiDigits.parse(text) < 0 && !text.equalsIgnoreCase(CameraEvent.KEEPALIVE))
                .findFirst()
                .orElse(!name.isEmpty() ? name : packet.hasDocument() ? UNKNOWN : FRAME);
    }

    /** The plate number of all crops, for the scene, which has no number; empty if the numbers differ. */
    private static String onlyPlate(List<CameraImage> images) {
        Set<String> plates = images.stream()
                .map(image -> image.attributes().getOrDefault(Attributes.PLATE_NUMBER, ""))
                .filter(plate -> !plate.isEmpty())
                .collect(Collectors.toSet());
        return plates.size() == 1 ? plates.iterator().next() : "";
    }

    private static boolean isBlank(byte[] document) {
        for (byte b : document) {
            if (b != ' ' && b != '\r' && b != '\n' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Parsers quote the document in the lines after the first. */
    private static String firstLine(String problem) {
        return problem.lines().findFirst().orElse("");
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
