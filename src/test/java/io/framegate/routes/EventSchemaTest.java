package io.framegate.routes;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.intake.FramegateHeaders;
import io.framegate.it.support.Pictures;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.OutboxComponent;
import io.framegate.outbox.deliver.CloudEventHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every document that is delivered has the form of the schema. */
class EventSchemaTest {

    private static final String SCHEMA = "event-1.schema.json";
    private static final Path DOCUMENTS = Path.of("src/test/resources/event");
    private static final Pattern MARK = Pattern.compile("image:[0-9]");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode TREE = tree();
    private static final JsonSchema STRICT = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                    closed(),
                    SchemaValidatorsConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build());

    private static JsonNode tree() {
        try (InputStream schema = CloudEventHeaders.class.getResourceAsStream(SCHEMA)) {
            return JSON.readTree(Objects.requireNonNull(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The gateway's own documents have no properties that the schema does not name. */
    private static JsonNode closed() {
        return ((ObjectNode) TREE.deepCopy()).put("additionalProperties", false);
    }

    private static List<Packet> packets() throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DOCUMENTS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.toString().endsWith(".event.json")) {
                    packets.add(packet(Files.readAllBytes(file), packets.size()));
                }
            }
        }
        byte[] picture = Pictures.bareJpeg(3_000);
        PacketImage image = new PacketImage(picture, TestPacket.sha256(picture), picture.length, 0, null);
        packets.add(new Packet("jpeg", new byte[0], List.of(image), TestPacket.sha256(picture), picture.length));
        Instant sent = RunningRoutes.RECEIVED_AT.minusMillis(120);
        packets.add(
                new Packet("length64", new byte[0], List.of(image), TestPacket.sha256(picture), picture.length, sent));
        return packets;
    }

    private static Packet packet(byte[] document, int number) {
        List<Integer> marks = MARK.matcher(new String(document, UTF_8))
                .results()
                .map(MatchResult::start)
                .toList();
        List<PacketImage> images = new ArrayList<>();
        for (int mark : marks) {
            byte[] picture = Pictures.bareJpeg(2_000 + number * 50 + images.size());
            images.add(new PacketImage(picture, TestPacket.sha256(picture), picture.length * 4 / 3, mark, null));
        }
        return new Packet("http", document, images, TestPacket.sha256(document), document.length);
    }

    private static List<JsonNode> delivered(Path directory, Map<String, String> more) throws IOException {
        Map<String, String> properties = new HashMap<>(Map.of(
                "framegate.deliver.file.enabled", "true",
                "framegate.deliver.file.payload", "event",
                "framegate.deliver.file.events", "true",
                "framegate.deliver.file.directory", directory.resolve("delivered") + ""));
        properties.putAll(more);
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            packets().forEach(routes::send);
            Outbox outbox = routes.context().getRegistry().lookupByNameAndType(OutboxComponent.OUTBOX, Outbox.class);
            eventually("all delivered", Duration.ofSeconds(30)).until(() -> outbox.waiting("file") == 0);
            List<JsonNode> documents = new ArrayList<>();
            for (String file : routes.files("delivered")) {
                documents.add(JSON.readTree(routes.content("delivered/" + file)));
            }
            return documents;
        }
    }

    @Test
    void everyDeliveredDocumentHasTheFormOfTheSchema(@TempDir Path directory) throws IOException {
        List<JsonNode> documents = delivered(directory, Map.of());
        assertThat(documents).allSatisfy(document -> assertThat(STRICT.validate(document))
                .as(document.toPrettyString())
                .isEmpty());
        assertThat(documents.stream().map(document -> document.path("dialect").asText()))
                .contains("tvt", "hikvision", "dahua", "uniview", "gat1400", "openalpr", "lilin", "other");
        assertThat(documents).anyMatch(document -> document.has("storedPath"));
        assertThat(documents).anyMatch(document -> !document.has("storedPath"));
    }

    @Test
    void documentOfACameraWithANameOfItsOwnerHasTheFormOfTheSchema(@TempDir Path directory) throws IOException {
        List<JsonNode> documents =
                delivered(directory, Map.of("framegate.cameras.names", RunningRoutes.PEER_HOST + "=front door"));
        assertThat(documents)
                .anyMatch(document -> document.path("cameraId").asText().equals("front door"));
        assertThat(documents)
                .allSatisfy(document -> assertThat(STRICT.validate(document)).isEmpty());
    }

    @Test
    void schemaNamesEachHeaderOfADocument() {
        Set<String> documented = FramegateHeaders.NAMES.stream()
                .filter(header -> !header.startsWith("FramegateReject"))
                .filter(header -> !header.equals(FramegateHeaders.CONTENT_TYPE))
                .map(header -> header.substring("Framegate".length()))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        TREE.path("properties").fieldNames().forEachRemaining(named::add);
        assertThat(named).isEqualTo(documented);
    }

    @Test
    void documentWithoutItsIdOrWithAnotherHashIsRefused(@TempDir Path directory) throws IOException {
        ObjectNode document = delivered(directory, Map.of()).stream()
                .filter(one -> one.has("storedPath"))
                .findFirst()
                .orElseThrow()
                .deepCopy();
        assertThat(STRICT.validate(document.deepCopy().put("sha256", "no hash")))
                .hasSize(1);
        assertThat(STRICT.validate(document.deepCopy().put("capturedAt", "yesterday")))
                .hasSize(1);
        document.remove("deliveryId");
        assertThat(STRICT.validate(document)).hasSize(1);
    }

    @Test
    void schemaInTheDocumentationIsTheOneInTheJar() throws IOException {
        assertThat(JSON.readTree(Path.of("src/docs", SCHEMA).toFile())).isEqualTo(TREE);
    }
}
