package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.component.jacksonxml.JacksonXMLDataFormat;

/** Creates documents as a wire decoder does, and their trees as the route's data format does. */
final class Documents {

    static final Instant RECEIVED_AT = Instant.parse("2026-01-01T12:00:00Z");
    static final String PEER = "203.0.113.5";

    private static final XmlMapper MAPPER = routesMapper();

    private Documents() {}

    static byte[] fixture(String name) {
        try (InputStream stream = Documents.class.getResourceAsStream("/event/" + name + ".xml")) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Packet packet(byte[] document, int images) {
        List<PacketImage> taken = new ArrayList<>();
        for (int number = 0; number < images; number++) {
            taken.add(new PacketImage(new byte[] {(byte) number}, "", 4, 0, null));
        }
        return new Packet("xml", document, taken, "00", document.length);
    }

    static JsonNode tree(byte[] document) throws IOException {
        return MAPPER.reader().forType(JsonNode.class).readValue(document);
    }

    static CameraEvent readFixture(String name, int images) throws IOException {
        return read(fixture(name), images);
    }

    static CameraEvent read(String document, int images) throws IOException {
        return read(document.getBytes(UTF_8), images);
    }

    /** Reads a JSON document with images beside it, as the route does. */
    static CameraEvent readJson(String document, Packet packet) throws IOException {
        return CameraDocument.read(new ObjectMapper().readTree(document), packet, PEER, RECEIVED_AT);
    }

    static CameraEvent readLeniently(byte[] document, int images) {
        return CameraDocument.readLeniently(packet(document, images), PEER, RECEIVED_AT, "not well-formed");
    }

    private static CameraEvent read(byte[] document, int images) throws IOException {
        return CameraDocument.read(tree(document), packet(document, images), PEER, RECEIVED_AT);
    }

    /** The mapper of the data format, because the tests check what it accepts. */
    private static XmlMapper routesMapper() {
        JacksonXMLDataFormat format = new JacksonXMLDataFormat(JsonNode.class);
        format.start();
        return format.getXmlMapper();
    }
}
