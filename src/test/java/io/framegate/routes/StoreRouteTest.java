package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.Pictures;
import io.framegate.intake.FramegateHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRouteTest {

    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(640, 480), "jpeg");

    @Test
    void bodyAndHeadersAfterStoreAreTheImagesOwn(@TempDir Path directory) {
        checkBodyAndHeadersAfterStore(directory, Map.of());
    }

    @Test
    void bodyAndHeadersAreTheImagesOwnAlsoAfterThumbnailAndSidecar(@TempDir Path directory) {
        checkBodyAndHeadersAfterStore(
                directory, Map.of("framegate.thumbnail.enabled", "true", "framegate.sidecar.enabled", "true"));
    }

    private void checkBodyAndHeadersAfterStore(Path directory, Map<String, String> properties) {
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            Exchange stored = routes.send("direct:store-image", PHOTO, headers -> {
                headers.put(FramegateHeaders.EXTENSION, "jpg");
                headers.put(FramegateHeaders.SHA256, TestPacket.sha256(PHOTO));
                headers.put(FramegateHeaders.WIDTH, 640);
            });

            assertThat(stored.getException()).isNull();
            assertThat(stored.getMessage().getBody()).isSameAs(PHOTO);
            assertThat(stored.getMessage().getHeaders())
                    .containsEntry(FramegateHeaders.EXTENSION, "jpg")
                    .containsEntry(FramegateHeaders.SHA256, TestPacket.sha256(PHOTO))
                    .containsEntry(FramegateHeaders.WIDTH, 640)
                    .containsEntry(FramegateHeaders.COUNTER, 1L)
                    .containsEntry(FramegateHeaders.PEER_HOST, RunningRoutes.PEER_HOST);
            assertThat(stored.getMessage().getHeaders().keySet()).allMatch(name -> name.startsWith("Framegate"));
            String path = stored.getMessage().getHeader(FramegateHeaders.STORED_PATH, String.class);
            assertThat(routes.content("images/" + path)).isEqualTo(PHOTO);
        }
    }

    @Test
    void everyImageOfAnEventIsStoredAndNothingBesides(@TempDir Path directory) {
        byte[] face = Pictures.encoded(Pictures.photo(96, 128), "png");
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            assertThat(routes.send(TestPacket.face(PHOTO, face)).isFailed()).isFalse();

            assertThat(routes.files("images"))
                    .containsExactly(
                            "image_1_02_00_5E_10_00_01_20260329_095821.jpg",
                            "image_2_02_00_5E_10_00_01_20260329_095821_face.png");
            assertThat(routes.files("quarantine")).isEmpty();
            assertThat(routes.files("thumbnail")).isEmpty();
        }
    }

    @Test
    void whatIsOffIsNoStepOfTheRoutes(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            assertThat(routes.context().getRoutes())
                    .extracting(route -> route.getRouteId())
                    .contains("store-image")
                    .doesNotContain("convert-image", "make-thumbnail", "write-sidecar");
            assertThat(steps(routes)).noneMatch(step -> step.matches(".*(hoice|convert|thumbnail|sidecar).*"));
        }
    }

    @Test
    void whatIsOnIsAStepWithoutAChoice(@TempDir Path directory) {
        Map<String, String> on = Map.of(
                "framegate.convert.enabled", "true",
                "framegate.thumbnail.enabled", "true",
                "framegate.sidecar.enabled", "true");
        try (RunningRoutes routes = RunningRoutes.in(directory, on)) {
            assertThat(steps(routes))
                    .contains(
                            "Channel[direct://convert-image]",
                            "Channel[direct://make-thumbnail]",
                            "Channel[direct://write-sidecar]")
                    .noneMatch(step -> step.contains("hoice"));
        }
    }

    private static List<String> steps(RunningRoutes routes) {
        return routes.context().getRoute("store-image").navigate().next().stream()
                .map(Object::toString)
                .toList();
    }
}
