package io.framegate.worker;

import io.framegate.event.PeerText;
import io.framegate.event.Role;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.FileNames;
import io.framegate.store.Stamp;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Restores from a document the headers that the event and the image had at the gateway. Parts of names are made safe
 * again, and stamps are in this worker's time zone. {@link ImageCheck} sets the headers that follow from the image
 * itself. Headers about the gateway's disk, like the stored path, are left out.
 */
final class DocumentHeaders {

    private static final List<String> TEXTS = List.of(
            FramegateHeaders.PEER,
            FramegateHeaders.PEER_HOST,
            FramegateHeaders.PEER_CERTIFICATE,
            FramegateHeaders.WIRE_FORMAT,
            FramegateHeaders.NODE,
            FramegateHeaders.MAC_ADDRESS,
            FramegateHeaders.DEVICE_NAME,
            FramegateHeaders.SERIAL,
            FramegateHeaders.VIDEO_CHANNEL,
            FramegateHeaders.DIALECT);

    private static final List<String> HASHES =
            List.of(FramegateHeaders.PACKET_SHA256, FramegateHeaders.SHA256, FramegateHeaders.ORIGINAL_SHA256);

    private static final List<String> NUMBERS = List.of(
            FramegateHeaders.LATENCY,
            FramegateHeaders.PACKET_LENGTH,
            FramegateHeaders.IMAGE_COUNT,
            FramegateHeaders.IMAGE_NUMBER,
            FramegateHeaders.LENGTH,
            FramegateHeaders.ENCODED_LENGTH);

    /** The headers that the schema of the event requires and that no other rule checks. */
    private static final List<String> REQUIRED = List.of(
            FramegateHeaders.PEER,
            FramegateHeaders.WIRE_FORMAT,
            FramegateHeaders.DIALECT,
            FramegateHeaders.PACKET_SHA256,
            FramegateHeaders.IMAGE_COUNT);

    /** A document with one of these headers is the document of an image, and has all of them. */
    private static final List<String> OF_IMAGES = List.of(
            FramegateHeaders.SHA256, FramegateHeaders.IMAGE_NUMBER, FramegateHeaders.LENGTH, FramegateHeaders.ROLE);

    private DocumentHeaders() {}

    static Map<String, Object> of(ReceivedDocument document, Stamp stamp) throws WrongDeliveryException {
        Map<String, Object> headers = new TreeMap<>();
        for (String header : TEXTS) {
            put(headers, header, document.text(field(header)));
        }
        for (String header : HASHES) {
            put(headers, header, document.hash(field(header)));
        }
        for (String header : NUMBERS) {
            put(headers, header, document.number(field(header)));
        }
        Instant received = document.time(field(FramegateHeaders.RECEIVED_AT));
        headers.put(FramegateHeaders.RECEIVED_AT, received.toString());
        headers.put(FramegateHeaders.RECEIVED_STAMP, stamp.of(received));
        headers.put(FramegateHeaders.RECEIVED_DATE, stamp.dateOf(received));
        Instant captured = document.time(field(FramegateHeaders.CAPTURED_AT));
        headers.put(FramegateHeaders.CAPTURED_AT, captured.toString());
        headers.put(FramegateHeaders.CAPTURED_STAMP, stamp.of(captured));
        headers.put(FramegateHeaders.CAPTURED_DATE, stamp.dateOf(captured));
        headers.put(FramegateHeaders.EVENT_ID, document.id(field(FramegateHeaders.EVENT_ID)));
        headers.put(FramegateHeaders.CAMERA_ID, document.required(field(FramegateHeaders.CAMERA_ID)));
        headers.put(
                FramegateHeaders.CAMERA_NAME, FileNames.safe(document.required(field(FramegateHeaders.CAMERA_NAME))));
        headers.put(FramegateHeaders.EVENT_TYPE, FileNames.safe(document.text(field(FramegateHeaders.EVENT_TYPE))));
        headers.put(FramegateHeaders.ATTRIBUTES, document.attributes());
        String role = document.text(field(FramegateHeaders.ROLE));
        if (role != null) {
            headers.put(FramegateHeaders.ROLE, known(role));
            headers.put(FramegateHeaders.ROLE_SUFFIX, role.equals(Role.SCENE.tag()) ? "" : "_" + role);
        }
        requireAll(REQUIRED, headers);
        if (document.text(field(FramegateHeaders.STORED_PATH)) != null
                || OF_IMAGES.stream().anyMatch(headers::containsKey)) {
            requireAll(OF_IMAGES, headers);
        }
        return headers;
    }

    private static void requireAll(List<String> names, Map<String, Object> headers) throws WrongDeliveryException {
        for (String name : names) {
            if (!headers.containsKey(name)) {
                throw new WrongDeliveryException(
                        Reason.NOT_A_DOCUMENT,
                        "document: " + field(name) + ": none (expected: as the schema of the event says)");
            }
        }
    }

    private static String known(String role) throws WrongDeliveryException {
        List<String> roles = Arrays.stream(Role.values()).map(Role::tag).toList();
        if (!roles.contains(role)) {
            throw new WrongDeliveryException(
                    Reason.NOT_A_DOCUMENT,
                    "document: role: " + PeerText.clean(role) + " (expected: " + String.join(", ", roles) + ")");
        }
        return role;
    }

    private static void put(Map<String, Object> headers, String header, @Nullable Object value) {
        if (value != null) {
            headers.put(header, value);
        }
    }

    /** The name in documents: {@code FramegateCameraId} is {@code cameraId}. */
    private static String field(String header) {
        int start = "Framegate".length();
        return Character.toLowerCase(header.charAt(start)) + header.substring(start + 1);
    }
}
