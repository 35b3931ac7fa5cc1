package io.framegate.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class SidecarRouteTest {

    private static final Map<String, String> SIDECAR = Map.of(
            "framegate.sidecar.enabled", "true",
            "framegate.images.name", "d/${header.FramegateRole}.${header.FramegateExtension}");
    private static final byte[] SCENE = Pictures.encoded(Pictures.solid(64, 48, 0x204060), "png");
    private static final byte[] FACE = Pictures.encoded(Pictures.solid(24, 32, 0x604020), "png");

    @Test
    void sidecarSaysAllThatIsKnownOfTheImageInAStableOrder(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, SIDECAR)) {
            assertThat(routes.send(TestPacket.face(SCENE, FACE)).isFailed()).isFalse();

            assertThat(routes.files("images"))
                    .containsExactly("d/face.png", "d/face.png.json", "d/scene.png", "d/scene.png.json");
            String packet = TestPacket.sha256(TestPacket.face(SCENE, FACE).document());
            assertThat(new String(routes.content("images/d/face.png.json"), UTF_8))
                    .isEqualTo(String.format(
                            Locale.ROOT,
                            """
                            {
                              "attributes" : {
                                "targetId" : "7",
                                "version" : "1.7"
                              },
                              "cameraId" : "02:00:5E:10:00:01",
                              "cameraName" : "02_00_5E_10_00_01",
                              "capturedAt" : "2026-03-28T07:58:21.123456Z",
                              "capturedDate" : "2026/03/28",
                              "capturedStamp" : "20260328_085821",
                              "counter" : 2,
                              "dialect" : "tvt",
                              "encodedLength" : %d,
                              "eventId" : "02_00_5E_10_00_01-1774684701123-%s",
                              "eventType" : "VFD",
                              "extension" : "png",
                              "height" : 32,
                              "imageCount" : 2,
                              "imageFormat" : "PNG",
                              "imageNumber" : 1,
                              "length" : %d,
                              "macAddress" : "02:00:5E:10:00:01",
                              "mediaType" : "image/png",
                              "packetLength" : %d,
                              "packetSha256" : "%s",
                              "peer" : "203.0.113.5:50000",
                              "peerHost" : "203.0.113.5",
                              "receivedAt" : "2026-03-29T07:58:21Z",
                              "receivedDate" : "2026/03/29",
                              "receivedStamp" : "20260329_095821",
                              "role" : "face",
                              "roleSuffix" : "_face",
                              "sha256" : "%s",
                              "storedPath" : "d/face.png",
                              "width" : 24,
                              "wireFormat" : "xml"
                            }
                            """,
                            (FACE.length + 2) / 3 * 4,
                            packet.substring(0, 16),
                            FACE.length,
                            TestPacket.face(SCENE, FACE).length(),
                            packet,
                            TestPacket.sha256(FACE)));
        }
    }

    @Test
    void sidecarThatCannotBeWrittenIsAWarningAndTheImageIsStored(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("images/d/scene.png.json"));
        try (RunningRoutes routes = RunningRoutes.in(directory, SIDECAR);
                CapturedLog log = CapturedLog.of("io.framegate.transform")) {
            assertThat(routes.send(TestPacket.scene(SCENE)).isFailed()).isFalse();

            assertThat(routes.files("images")).containsExactly("d/scene.png");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN sidecar not written ")
                    .contains("stored=d/scene.png");
        }
    }

    @Test
    void imageThatIsNotStoredHasNoSidecar(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, SIDECAR)) {
            assertThat(routes.send(TestPacket.scene("no picture".getBytes(UTF_8)))
                            .isFailed())
                    .isFalse();

            assertThat(routes.files("images")).isEmpty();
            assertThat(routes.files("quarantine")).anyMatch(name -> name.endsWith(".json"));
        }
    }
}
