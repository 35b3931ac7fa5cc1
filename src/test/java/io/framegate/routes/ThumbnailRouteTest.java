package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.image.ImageHeader;
import io.framegate.image.Pictures;
import io.framegate.image.StoredPictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated
class ThumbnailRouteTest {

    private static final String LOG = "io.framegate.transform";
    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(640, 480), "jpeg");

    @Test
    void thumbnailHasTheImagesPathAndTheGivenWidth(@TempDir Path directory) {
        Map<String, String> properties = Map.of(
                "framegate.thumbnail.enabled", "true",
                "framegate.thumbnail.width", "200",
                "framegate.images.name", "a/b/${header.FramegateRole}.${header.FramegateExtension}");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            byte[] face = Pictures.encoded(Pictures.photo(96, 128), "png");
            assertThat(routes.send(TestPacket.face(PHOTO, face)).isFailed()).isFalse();

            assertThat(routes.files("thumbnail"))
                    .containsExactly("a/b/face.png", "a/b/scene.jpg")
                    .isEqualTo(routes.files("images"));
            assertThat(routes.content("images/a/b/scene.jpg")).isEqualTo(PHOTO);
            assertThat(ImageHeader.probe(routes.content("thumbnail/a/b/scene.jpg")))
                    .hasToString("JPEG 200x150");
            assertThat(routes.content("thumbnail/a/b/face.png"))
                    .describedAs("narrower than a thumbnail")
                    .isEqualTo(face);
        }
    }

    @Test
    void thumbnailOfAWebpIsAJpegAndSaysSo(@TempDir Path directory) {
        Map<String, String> properties = Map.of(
                "framegate.thumbnail.enabled", "true",
                "framegate.images.name", "${header.FramegateRole}.${header.FramegateExtension}");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            byte[] large = Pictures.solidWebp(400, 300, 0xFF2040C0);
            byte[] small = Pictures.solidWebp(40, 30, 0xFF2040C0);
            assertThat(routes.send(TestPacket.face(large, small)).isFailed()).isFalse();

            assertThat(routes.files("images")).containsExactly("face.webp", "scene.webp");
            assertThat(routes.files("thumbnail")).containsExactly("face.webp", "scene.webp.jpg");
            assertThat(ImageHeader.probe(routes.content("thumbnail/scene.webp.jpg")))
                    .hasToString("JPEG 320x240");
        }
    }

    @Test
    void pictureWithoutADecoderIsStoredAndItsFormatIsLoggedOnce(@TempDir Path directory) {
        byte[] avif = StoredPictures.heif("avif", "mif1", 640, 480);
        byte[] heic = StoredPictures.heif("heic", "mif1", 640, 480);
        Map<String, String> properties = Map.of(
                "framegate.thumbnail.enabled", "true",
                "framegate.sidecar.enabled", "true",
                "framegate.images.name", "${header.FramegateRole}.${header.FramegateExtension}");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties);
                CapturedLog log = CapturedLog.of(LOG)) {
            routes.send(TestPacket.face(avif, avif));
            routes.send(TestPacket.scene(heic));
            assertThat(routes.send(TestPacket.of("VFD", "02:00:5E:10:00:02")
                                    .withScene(StoredPictures.heif("avif", "mif1", 0, 0))
                                    .packet())
                            .isFailed())
                    .isFalse();

            assertThat(routes.content("images/scene.avif")).isEqualTo(avif);
            assertThat(routes.content("images/face.avif")).isEqualTo(avif);
            assertThat(routes.content("images/scene.heic")).isEqualTo(heic);
            assertThat(new String(routes.content("images/scene.avif.json"), StandardCharsets.UTF_8))
                    .contains("\"mediaType\" : \"image/avif\"", "\"width\" : 640");
            assertThat(routes.files("thumbnail")).isEmpty();
            assertThat(routes.files("quarantine")).isEmpty();
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN thumbnail not made "));
            assertThat(log.lines().get(0)).contains("failure=image format: AVIF has no decoder");
            assertThat(log.lines().get(1)).contains("failure=image format: HEIC has no decoder");
        }
    }

    @Test
    void thumbnailOfATiffIsAJpeg(@TempDir Path directory) {
        Map<String, String> properties = Map.of(
                "framegate.thumbnail.enabled", "true",
                "framegate.images.name", "${header.FramegateRole}.${header.FramegateExtension}");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            routes.send(TestPacket.scene(Pictures.encoded(Pictures.photo(640, 480), "tiff")));

            assertThat(routes.files("images")).containsExactly("scene.tif");
            assertThat(ImageHeader.probe(routes.content("thumbnail/scene.tif.jpg")))
                    .hasToString("JPEG 320x240");
        }
    }

    @Test
    void damagedPictureAndBombAreStoredAndEachGetsOneLineOfWarning(@TempDir Path directory) {
        byte[] damaged = Arrays.copyOf(Pictures.encoded(Pictures.photo(640, 480), "png"), 2000);
        byte[] bomb = Pictures.pngHeader(20_000, 20_000);
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of("framegate.thumbnail.enabled", "true"));
                CapturedLog log = CapturedLog.of(LOG);
                CapturedLog events = CapturedLog.of("io.framegate.events")) {
            assertThat(routes.send(TestPacket.face(damaged, bomb)).isFailed()).isFalse();

            assertThat(routes.files("images"))
                    .containsExactly(
                            "image_1_02_00_5E_10_00_01_20260329_095821.png",
                            "image_2_02_00_5E_10_00_01_20260329_095821_face.png");
            assertThat(routes.content("images/image_1_02_00_5E_10_00_01_20260329_095821.png"))
                    .isEqualTo(damaged);
            assertThat(routes.files("thumbnail")).isEmpty();
            assertThat(routes.files("quarantine")).isEmpty();
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN thumbnail not made "));
            assertThat(log.lines().get(0))
                    .contains("stored=image_1_02_00_5E_10_00_01_20260329_095821.png")
                    .contains("failure=image: damaged PNG 640x480");
            assertThat(log.lines().get(1)).contains("failure=image size: 20000x20000 (expected: <= 50000000 pixels)");
            assertThat(events.lines()).singleElement().asString().startsWith("INFO event accepted");
        }
    }

    @Test
    void maxPixelsIsAProperty(@TempDir Path directory) {
        Map<String, String> properties =
                Map.of("framegate.thumbnail.enabled", "true", "framegate.transform.max-pixels", "100000");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties);
                CapturedLog log = CapturedLog.of(LOG)) {
            routes.send(TestPacket.scene(PHOTO));

            assertThat(routes.files("images")).hasSize(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("failure=image size: 640x480 (expected: <= 100000 pixels)");
        }
    }

    @Test
    void thumbnailDirectoryThatIsTheImagesDirectoryOverwritesNoImage(@TempDir Path directory) {
        Map<String, String> properties = Map.of(
                "framegate.thumbnail.enabled",
                "true",
                "framegate.thumbnail.directory",
                directory.resolve("images").toString());
        try (RunningRoutes routes = RunningRoutes.in(directory, properties);
                CapturedLog log = CapturedLog.of(LOG)) {
            assertThat(routes.send(TestPacket.scene(PHOTO)).isFailed()).isFalse();

            assertThat(routes.files("images")).singleElement().satisfies(name -> assertThat(
                            routes.content("images/" + name))
                    .isEqualTo(PHOTO));
            assertThat(log.lines()).singleElement().asString().startsWith("WARN thumbnail not made");
        }
    }

    @ParameterizedTest
    @CsvSource({"framegate.convert.format, webp", "framegate.convert.format, tiff"})
    void wrongValueIsFoundAtStart(String property, String value, @TempDir Path directory) {
        assertThatThrownBy(() ->
                        RunningRoutes.in(directory, Map.of(property, value)).close())
                .rootCause()
                .hasMessageContaining(value + " (expected: ");
    }
}
