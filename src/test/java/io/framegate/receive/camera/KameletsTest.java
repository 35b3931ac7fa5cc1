package io.framegate.receive.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.framegate.image.ImageHeader;
import io.framegate.intake.TestListener;
import io.framegate.it.support.Camera;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kamelets in the jar, found as Camel finds them: {@code classpath:kamelets}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = TestListener.LOG, mode = ResourceAccessMode.READ)
class KameletsTest {

    private static final Path KAMELETS = Path.of("src/main/resources/kamelets");

    @TempDir
    private Path directory = Path.of(".");

    @SuppressWarnings("NullAway.Init")
    private CameraContext context;

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private int post(byte[] picture) {
        try (Camera camera = context.camera()) {
            return camera.post(picture).status();
        }
    }

    @Test
    void pictureOfACameraIsAFileAndASmallOne() throws Exception {
        context = CameraContext.in(directory, Map.of()).load(documented());
        byte[] picture = Pictures.plain(0x336699, 640, 480, 20_000);
        assertThat(post(picture)).isEqualTo(200);
        List<String> stored = context.files("images");
        assertThat(stored).singleElement().asString().matches("image_1_127\\.0\\.0\\.1_\\d{8}_\\d{6}\\.jpg");
        assertThat(context.content("images/" + stored.get(0))).isEqualTo(picture);
        assertThat(context.files("small")).containsExactlyElementsOf(stored);
        ImageHeader small = Objects.requireNonNull(ImageHeader.probe(context.content("small/" + stored.get(0))));
        assertThat(small.width()).isEqualTo(160);
        assertThat(small.height()).isEqualTo(120);
    }

    /** The route of the documentation. */
    private static String documented() throws IOException {
        String page = Files.readString(Path.of("src/docs/camera.md"));
        List<String> routes = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(page)
                .results()
                .map(route -> route.group(1))
                .filter(route -> route.contains("kamelet:"))
                .toList();
        assertThat(routes).hasSize(1);
        return routes.get(0)
                .replace("port: 18000", "port: PORT\n        host: 127.0.0.1")
                .replace("directory: ", "directory: DIRECTORY/");
    }

    @Test
    void thumbnailNeedsNoStoredImage() throws Exception {
        context = CameraContext.in(directory, Map.of())
                .load(
                        """
                        - route:
                            from:
                              uri: kamelet:framegate-camera-source?host=127.0.0.1&port=PORT
                              steps:
                                - to:
                                    uri: kamelet:framegate-image-thumbnail-action
                                - to:
                                    uri: kamelet:framegate-image-sink
                                    parameters:
                                      directory: DIRECTORY/small
                        """);
        assertThat(post(Pictures.plain(0x336699, 640, 480, 20_000))).isEqualTo(200);
        List<String> stored = context.files("small");
        assertThat(stored).singleElement().asString().startsWith("image_1_");
        ImageHeader small = Objects.requireNonNull(ImageHeader.probe(context.content("small/" + stored.get(0))));
        assertThat(small.width()).isEqualTo(320);
    }

    @Test
    void sinkStoresWhereThePropertiesSayByDefault() throws Exception {
        Map<String, String> properties = Map.of(
                "framegate.images.directory",
                directory.resolve("here") + "",
                "framegate.images.name",
                "${header.FramegateCameraName}/a.${header.FramegateExtension}");
        context = CameraContext.in(directory, properties)
                .load(
                        """
                        - route:
                            from:
                              uri: kamelet:framegate-camera-source?host=127.0.0.1&port=PORT
                              steps:
                                - to:
                                    uri: kamelet:framegate-image-sink
                        """);
        assertThat(post(Pictures.jpeg())).isEqualTo(200);
        assertThat(context.files("here")).containsExactly("127.0.0.1/a.jpg");
    }

    @Test
    void imageThatCannotBeStoredIsAnswered503() throws Exception {
        Files.writeString(directory.resolve("images.txt"), "in the way");
        context = CameraContext.in(directory, Map.of())
                .load(
                        """
                        - route:
                            from:
                              uri: kamelet:framegate-camera-source?host=127.0.0.1&port=PORT
                              steps:
                                - to:
                                    uri: kamelet:framegate-image-sink
                                    parameters:
                                      directory: DIRECTORY/images.txt
                        """);
        assertThat(post(Pictures.jpeg())).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "framegate-camera-source, source",
        "framegate-image-thumbnail-action, action",
        "framegate-image-sink, sink"
    })
    void kameletSaysWhatItIs(String name, String type) throws IOException {
        String text = Files.readString(KAMELETS.resolve(name + ".kamelet.yaml"));
        JsonNode kamelet = new YAMLMapper().readTree(text);
        assertThat(kamelet.at("/apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.at("/kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(kamelet.at("/metadata/labels")
                        .get("camel.apache.org/kamelet.type")
                        .asText())
                .isEqualTo(type);
        JsonNode annotations = kamelet.at("/metadata/annotations");
        assertThat(annotations.get("camel.apache.org/kamelet.icon").asText()).startsWith("data:image/svg+xml;base64,");
        assertThat(annotations.get("camel.apache.org/catalog.version").asText()).isEqualTo(version());
        assertThat(kamelet.at("/spec/dependencies").toString()).contains("mvn:io.framegate:framegate:" + version());
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(definition.get("title").asText()).isNotBlank();
        assertThat(definition.get("description").asText()).isNotBlank();
        assertThat(definition.get("properties")).isNotEmpty().allSatisfy(property -> {
            assertThat(property.get("title").asText()).isNotBlank();
            assertThat(property.get("description").asText()).endsWith(".");
            assertThat(property.get("type").asText()).isIn("string", "integer", "boolean");
        });
        assertThat(placeholders(text))
                .filteredOn(placeholder -> !placeholder.equals("thumbnail"))
                .containsExactlyInAnyOrderElementsOf(
                        () -> definition.get("properties").fieldNames());
    }

    private static List<String> placeholders(String text) {
        return Pattern.compile("\\{\\{\\??([a-zA-Z]+)}}")
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .collect(Collectors.toList());
    }

    private static String version() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        return pom.split("<version>", 2)[1].split("</version>", 2)[0];
    }
}
