package io.framegate.routes;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.MetadataDocument;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The document of an image, as a gateway delivers it with {@code payload=event}. */
final class TestDocument {

    private static final Instant FIRST = Instant.parse("2026-03-28T07:58:21Z");

    private final Map<String, Object> headers = new TreeMap<>();

    private TestDocument() {}

    /** The image with this number of a camera, at this reference. */
    static TestDocument of(String camera, int number, byte[] image, String reference) {
        TestDocument document = new TestDocument();
        String sha256 = TestPacket.sha256(image);
        Instant captured = FIRST.plusSeconds(number);
        document.with(FramegateHeaders.CAMERA_ID, camera)
                .with(FramegateHeaders.CAMERA_NAME, camera)
                .with(FramegateHeaders.PEER, "203.0.113.5:50000")
                .with(FramegateHeaders.PEER_HOST, "203.0.113.5")
                .with(FramegateHeaders.NODE, "gate-1")
                .with(FramegateHeaders.WIRE_FORMAT, "xml")
                .with(FramegateHeaders.DIALECT, "tvt")
                .with(FramegateHeaders.EVENT_ID, camera + "-" + captured.toEpochMilli() + "-0123456789abcdef")
                .with(FramegateHeaders.EVENT_TYPE, "VFD")
                .with(FramegateHeaders.CAPTURED_AT, captured.toString())
                .with(FramegateHeaders.RECEIVED_AT, captured.plusSeconds(1).toString())
                .with(FramegateHeaders.ATTRIBUTES, Map.of("targetId", "7"))
                .with(FramegateHeaders.PACKET_SHA256, "0".repeat(64))
                .with(FramegateHeaders.PACKET_LENGTH, 1000)
                .with(FramegateHeaders.IMAGE_COUNT, 1)
                .with(FramegateHeaders.IMAGE_NUMBER, 0)
                .with(FramegateHeaders.ROLE, "scene")
                .with(FramegateHeaders.ROLE_SUFFIX, "")
                .with(FramegateHeaders.SHA256, sha256)
                .with(FramegateHeaders.LENGTH, image.length)
                .with(FramegateHeaders.ENCODED_LENGTH, image.length)
                .with(FramegateHeaders.IMAGE_FORMAT, "JPEG")
                .with(FramegateHeaders.EXTENSION, "jpg")
                .with(FramegateHeaders.MEDIA_TYPE, "image/jpeg")
                .with(FramegateHeaders.STORED_PATH, "image_17.jpg")
                .with(FramegateHeaders.COUNTER, 17)
                .with(
                        FramegateHeaders.DELIVERY_ID,
                        camera + "-" + captured.toString().replaceAll("[^0-9TZ]", "") + "-" + sha256.substring(0, 16))
                .with(FramegateHeaders.REFERENCE, reference);
        return document;
    }

    TestDocument with(String header, Object value) {
        headers.put(header, value);
        return this;
    }

    TestDocument without(String header) {
        headers.remove(header);
        return this;
    }

    byte[] bytes() {
        return MetadataDocument.json(MetadataDocument.of(headers));
    }
}
