package io.framegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.event.CameraDocument;
import io.framegate.event.CameraEvent;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.jacksonxml.JacksonXMLDataFormat;

/** Reads bytes as a document, as the route does, and leniently: never fails, loses no image, and keeps its caps. */
final class EventFuzz implements FuzzTarget.Fuzz {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String PEER = "192.0.2.1";
    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_TEXT = 256;
    private static final int IMAGES = 2;

    private final ObjectMapper xml;
    private final ObjectMapper json = new ObjectMapper();

    EventFuzz() {
        JacksonXMLDataFormat format = new JacksonXMLDataFormat(JsonNode.class);
        format.start();
        xml = format.getXmlMapper();
    }

    @Override
    public void read(byte[] bytes) {
        PacketImage image = new PacketImage(new byte[] {1}, "", 4, 0, null);
        Packet packet = new Packet("xml", bytes, List.of(image, image), "00", bytes.length);
        check(CameraDocument.readLeniently(packet, PEER, NOW, "problem"));
        try {
            JsonNode tree = (packet.hasJsonDocument() ? json : xml)
                    .reader()
                    .forType(JsonNode.class)
                    .readValue(bytes);
            if (tree != null) {
                check(CameraDocument.read(tree, packet, PEER, NOW));
            }
        } catch (IOException notWellFormed) {
            // Read leniently above.
        }
    }

    private static void check(CameraEvent event) {
        assertThat(event.images()).hasSize(IMAGES);
        assertThat(event.cameraId()).isNotEmpty();
        check(event.attributes());
        event.images().forEach(image -> check(image.attributes()));
    }

    private static void check(Map<String, String> attributes) {
        assertThat(attributes).hasSizeLessThanOrEqualTo(MAX_ATTRIBUTES);
        attributes.forEach((name, text) -> {
            assertThat(name).isNotEmpty();
            assertThat(text).hasSizeLessThanOrEqualTo(MAX_TEXT);
            assertThat(text.chars().noneMatch(Character::isISOControl)).as(name).isTrue();
        });
    }
}
