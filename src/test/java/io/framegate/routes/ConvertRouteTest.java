package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.image.ImageHeader;
import io.framegate.image.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class ConvertRouteTest {

    private static final Map<String, String> TO_PNG = Map.of(
            "framegate.convert.enabled", "true",
            "framegate.sidecar.enabled", "true",
            "framegate.images.name", "${header.FramegateRole}.${header.FramegateExtension}");
    private static final byte[] JPEG = Pictures.encoded(Pictures.photo(64, 48), "jpeg");
    private static final byte[] PNG = Pictures.encoded(Pictures.photo(32, 24), "png");

    @Test
    void storedAreTheConvertedBytesWithTheirOwnEndingAndHeaders(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, TO_PNG)) {
            assertThat(routes.send(TestPacket.scene(JPEG)).isFailed()).isFalse();

            assertThat(routes.files("images")).containsExactly("scene.png", "scene.png.json");
            byte[] stored = routes.content("images/scene.png");
            assertThat(ImageHeader.probe(stored)).hasToString("PNG 64x48");
            JsonNode metadata = new ObjectMapper().readTree(routes.content("images/scene.png.json"));
            assertThat(metadata.path("sha256").textValue()).isEqualTo(TestPacket.sha256(stored));
            assertThat(metadata.path("originalSha256").textValue()).isEqualTo(TestPacket.sha256(JPEG));
            assertThat(metadata.path("length").intValue()).isEqualTo(stored.length);
            assertThat(metadata.path("imageFormat").textValue()).isEqualTo("PNG");
            assertThat(metadata.path("extension").textValue()).isEqualTo("png");
            assertThat(metadata.path("mediaType").textValue()).isEqualTo("image/png");
            assertThat(metadata.path("width").intValue()).isEqualTo(64);
            assertThat(metadata.path("height").intValue()).isEqualTo(48);
        }
    }

    @Test
    void imageInTheFormatAlreadyIsStoredAsReceived(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, TO_PNG)) {
            assertThat(routes.send(TestPacket.scene(PNG)).isFailed()).isFalse();

            assertThat(routes.content("images/scene.png")).isEqualTo(PNG);
            JsonNode metadata = new ObjectMapper().readTree(routes.content("images/scene.png.json"));
            assertThat(metadata.path("sha256").textValue()).isEqualTo(TestPacket.sha256(PNG));
            assertThat(metadata.has("originalSha256")).isFalse();
        }
    }

    @Test
    void imageThatCannotBeConvertedIsStoredAsReceivedWithAWarning(@TempDir Path directory) throws IOException {
        byte[] bomb = Pictures.encoded(Pictures.photo(64, 48), "gif");
        bomb[7] = (byte) 0xFF; // 65344 x 65328
        bomb[9] = (byte) 0xFF;
        try (RunningRoutes routes = RunningRoutes.in(directory, TO_PNG);
                CapturedLog log = CapturedLog.of("io.framegate.transform")) {
            assertThat(routes.send(TestPacket.face(JPEG, bomb)).isFailed()).isFalse();

            assertThat(routes.files("images"))
                    .containsExactly("face.gif", "face.gif.json", "scene.png", "scene.png.json");
            assertThat(routes.content("images/face.gif")).isEqualTo(bomb);
            JsonNode metadata = new ObjectMapper().readTree(routes.content("images/face.gif.json"));
            assertThat(metadata.path("sha256").textValue()).isEqualTo(TestPacket.sha256(bomb));
            assertThat(metadata.has("originalSha256")).isFalse();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN not converted, stored as received ")
                    .contains("image=1", "failure=image size: ");
        }
    }

    @Test
    void thumbnailIsMadeOfTheConvertedImage(@TempDir Path directory) {
        Map<String, String> properties = Map.of(
                "framegate.convert.enabled", "true",
                "framegate.convert.format", "jpeg",
                "framegate.thumbnail.enabled", "true",
                "framegate.thumbnail.width", "16",
                "framegate.images.name", "${header.FramegateRole}.${header.FramegateExtension}");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            assertThat(routes.send(TestPacket.scene(PNG)).isFailed()).isFalse();

            assertThat(ImageHeader.probe(routes.content("images/scene.jpg"))).hasToString("JPEG 32x24");
            assertThat(ImageHeader.probe(routes.content("thumbnail/scene.jpg"))).hasToString("JPEG 16x12");
        }
    }
}
