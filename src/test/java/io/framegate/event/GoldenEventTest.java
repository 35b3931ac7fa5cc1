package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of each maker, and beside each what its event says: {@code event/golden/<name>.event.json}. */
class GoldenEventTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/event/golden");
    private static final String EXPECTED = ".event.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MARK = Pattern.compile("image:[0-9]");
    private static final Sender SENDER = new Sender(Documents.PEER, null, Instant.parse("2026-03-29T08:00:00Z"));
    private static final DocumentRules RULES =
            new DocumentRules(ZoneId.of("Europe/Berlin"), Map.of(), Keepalives.standard(), true);

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXPECTED))
                    .map(name -> name.substring(0, name.length() - EXPECTED.length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void documentIsTheEventBesideIt(String name) throws IOException {
        assertIs(name, event(name, false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void lenientReaderReadsTheSameEvent(String name) throws IOException {
        assertIs(name, event(name, true));
    }

    private static CameraEvent event(String name, boolean leniently) throws IOException {
        Path json = DIRECTORY.resolve(name + ".json");
        byte[] document = Files.readAllBytes(Files.exists(json) ? json : DIRECTORY.resolve(name + ".xml"));
        List<PacketImage> images = MARK.matcher(new String(document, UTF_8))
                .results()
                .map(MatchResult::start)
                .map(at -> new PacketImage(new byte[1], "", 4, at, null))
                .toList();
        Packet packet = new Packet("http", document, images, "00", document.length);
        // LILIN writes commas after the last field.
        if (leniently || name.startsWith("lilin")) {
            return CameraDocument.readLeniently(packet, SENDER, RULES, "problem");
        }
        JsonNode tree = Files.exists(json) ? JSON.readTree(document) : Documents.tree(document);
        return CameraDocument.read(tree, packet, SENDER, RULES);
    }

    private static void assertIs(String name, CameraEvent event) throws IOException {
        JsonNode expected = JSON.readTree(DIRECTORY.resolve(name + EXPECTED).toFile());
        List<String> differences = new ArrayList<>();
        compare(expected, "dialect", event.dialect().tag(), differences);
        compare(expected, "type", event.type(), differences);
        compare(expected, "cameraId", event.cameraId(), differences);
        compare(expected, "camera", event.camera(), differences);
        compare(expected, "macAddress", event.macAddress(), differences);
        compare(expected, "deviceName", event.deviceName(), differences);
        compare(expected, "serial", event.serial(), differences);
        compare(expected, "videoChannel", event.videoChannel(), differences);
        compare(expected, "capturedAt", event.capturedAt(), differences);
        compareAttributes(expected.path("attributes"), event.attributes(), differences);
        for (int number = 0; number < expected.path("images").size(); number++) {
            compareAttributes(
                    expected.path("images").path(number),
                    event.images().get(number).attributes(),
                    differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void compareAttributes(JsonNode expected, Map<String, String> actual, List<String> differences) {
        expected.properties()
                .forEach(entry -> compare(expected, entry.getKey(), actual.get(entry.getKey()), differences));
    }

    private static void compare(JsonNode expected, String field, @Nullable Object actual, List<String> differences) {
        if (expected.has(field) && !expected.path(field).asText().equals(String.valueOf(actual))) {
            differences.add(field + ": " + actual + " (expected: "
                    + expected.path(field).asText() + ")");
        }
    }
}
