package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the document of a packet, XML or JSON, into a {@link CameraEvent}: the XML dialects of TVT cameras and
 * recorders and of the brands that are built on them, and Hikvision's {@code EventNotificationAlert}.
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
 * <p>The vendor documents the dialects of its HTTP push (versions 1.0, 1.7 and 2.x). Firmware differs from them in
 * letter case, in CDATA or plain text, in fields in {@code deviceInfo} or in the root, and in misspelt types. In
 * {@code EventNotificationAlert}, {@code eventType} is the type, {@code dateTime} the time, {@code channelID} the
 * channel and {@code licensePlate} the plate number.
 *
 * <p>Reading never fails and loses no image. The peer's address and the time of receipt replace a missing camera and
 * time.
 *
 * <p>Limits: 64 attributes for the event and for each image, 256 characters for each text, without control characters.
 * Stateless.
 */
public final class CameraDocument {

    private static final String KEEPALIVE = "keepalive";
    private static final String FRAME = "frame";

    private CameraDocument() {}

    /**
     * Reads a well-formed document.
     *
     * @param tree the packet's document as Jackson reads it
     * @param peerHost the camera's id if the packet has none
     */
    public static CameraEvent read(JsonNode tree, Packet packet, String peerHost, Instant receivedAt) {
        return event(tree, packet, peerHost, receivedAt, null);
    }

    /**
     * Reads as much as possible of a document that is not well-formed. An empty document is a keepalive and no problem.
     *
     * @param peerHost the camera's id if the packet has none
     * @param problem why the document is not well-formed; only its first line is kept
     */
    public static CameraEvent readLeniently(Packet packet, String peerHost, Instant receivedAt, String problem) {
        String kept = isBlank(packet.document()) ? null : PeerText.clean(firstLine(problem));
        JsonNode tree = packet.hasJsonDocument()
                ? JsonDocument.readLeniently(packet.document())
                : LenientXml.read(packet.document());
        return event(tree, packet, peerHost, receivedAt, kept);
    }

    private static CameraEvent event(
            JsonNode document, Packet packet, String peerHost, Instant receivedAt, @Nullable String problem) {
        JsonNode tree = JsonDocument.unwrapped(document, packet);
        String macAddress = macAddress(tree);
        String type = type(tree, packet);
        String cameraTime = field(tree, "currentTime");
        String dateTime = field(tree, "dateTime");
        Instant capturedAt = packet.sentAt() == null
                ? CaptureTime.read(cameraTime, receivedAt)
                : CaptureTime.ifPossible(packet.sentAt(), receivedAt);
        boolean epoch = capturedAt != null;
        if (!epoch) {
            capturedAt = CaptureTime.readDateTime(dateTime, receivedAt);
        }
        List<CameraImage> images = EventImages.read(tree, type, packet.images());
        Attributes attributes = new Attributes();
        if (capturedAt == null) {
            attributes.put("currentTime", cameraTime);
        }
        if (epoch || capturedAt == null) {
            attributes.put("dateTime", dateTime);
        }
        String eventType = DocumentTree.text(tree, "eventType");
        if (!eventType.equals(type)) {
            attributes.put("eventType", eventType);
        }
        attributes.put(Attributes.PLATE_NUMBER, onlyPlate(images)).addEvent(tree);
        return new CameraEvent(
                cameraId(macAddress, packet, peerHost),
                macAddress,
                nullIfEmpty(field(tree, "deviceName")),
                nullIfEmpty(field(tree, "sn")),
                nullIfEmpty(field(tree, "channelId")),
                Dialect.of(document, packet),
                type,
                capturedAt == null ? receivedAt : capturedAt,
                receivedAt,
                attributes.toMap(),
                images,
                problem);
    }

    private static String cameraId(@Nullable String macAddress, Packet packet, String peerHost) {
        if (macAddress != null) {
            return macAddress;
        }
        return packet.cameraId() == null ? peerHost : packet.cameraId();
    }

    /** Cameras write these elements into the root, recorders into {@code deviceInfo}. */
    private static String field(JsonNode tree, String name) {
        String text = DocumentTree.text(tree, name);
        return text.isEmpty() ? DocumentTree.text(DocumentTree.child(tree, "deviceInfo"), name) : text;
    }

    private static @Nullable String macAddress(JsonNode tree) {
        for (JsonNode block : List.of(tree, DocumentTree.child(tree, "deviceInfo"))) {
            for (String name : List.of("mac", "macAddress")) {
                String address = MacAddress.normalised(DocumentTree.text(block, name));
                if (address != null) {
                    return address;
                }
            }
        }
        return null;
    }

    private static String type(JsonNode tree, Packet packet) {
        String type = DocumentTree.text(tree, "smartType");
        if (type.isEmpty() && !DocumentTree.child(tree, "traject").isMissingNode()) {
            return "traject";
        }
        if (type.isEmpty() && !DocumentTree.child(tree, "alarmStatusInfo").isMissingNode()) {
            return "alarmStatus";
        }
        if (type.isEmpty()) {
            type = DocumentTree.text(tree, "messageType");
        }
        if (type.isEmpty()) {
            type = DocumentTree.text(tree, "eventType");
        }
        if (type.isEmpty() && packet.hasJsonDocument()) {
            // Dahua's name of the type.
            type = DocumentTree.text(tree, "Code");
        }
        if (type.isEmpty()) {
            return isKeepalive(packet) ? KEEPALIVE : packet.hasDocument() ? "unknown" : FRAME;
        }
        return type.equalsIgnoreCase(KEEPALIVE) ? KEEPALIVE : type;
    }

    /** A keepalive has no type. It is a document that only describes the device, or an empty packet. */
    private static boolean isKeepalive(Packet packet) {
        return LenientXml.rootName(packet.document()).equalsIgnoreCase("DeviceInfo")
                || (isBlank(packet.document()) && packet.images().isEmpty());
    }

    /** The plate number of all crops, for the scene, which has none; empty if the numbers differ. */
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
