package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.Pictures;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of {@code framegate.images.name} and {@code framegate.images.roles} as the README recommends them. */
@Isolated
class ImageNameRecipesTest {

    private static final String FILE =
            "image_${header.FramegateCounter}${header.FramegateRoleSuffix}" + ".${header.FramegateExtension}";
    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(64, 48), "jpeg");

    @ParameterizedTest
    @CsvSource({
        "${header.FramegateEventType}/${header.FramegateCameraName}, VFD/02_00_5E_10_00_01",
        "${header.FramegateReceivedDate}/${header.FramegateCameraName}, 2026/03/29/02_00_5E_10_00_01",
        "${header.FramegateCapturedDate}, 2026/03/28",
        "${header.FramegateRole}/${header.FramegateReceivedDate}, scene/2026/03/29",
    })
    void directoriesComeFromHeaders(String name, String expected, @TempDir Path directory) {
        try (RunningRoutes routes = withName(directory, name + "/" + FILE)) {
            assertThat(routes.send(TestPacket.scene(PHOTO)).isFailed()).isFalse();

            assertThat(routes.files("images")).containsExactly(expected + "/image_1.jpg");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "..",
        "../../outside",
        "/etc/cron.d/x",
        "..\\..\\outside",
        "%2e%2e%2foutside",
        "C:\\outside",
        "${sys.user.home}",
        "$simple{sys.user.home}",
        "~",
        "'   '",
        ".",
        "-rf",
        "CON",
    })
    void nothingACameraCallsItselfOrItsEventLeavesTheDirectory(String hostile, @TempDir Path directory) {
        String name = "${header.FramegateEventType}/${header.FramegateCameraName}/" + FILE;
        try (RunningRoutes routes = withName(directory.resolve("inner"), name)) {
            assertThat(routes.send(TestPacket.of(hostile, hostile)
                                    .withScene(PHOTO)
                                    .packet())
                            .isFailed())
                    .isFalse();

            assertThat(routes.files("images"))
                    .singleElement()
                    .asString()
                    .matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+/image_1.jpg");
            assertThat(directory).isDirectoryNotContaining("glob:**/outside*");
            assertThat(directory.resolve("inner")).isDirectoryNotContaining("glob:**/outside*");
            assertThat(routes.files("images/..")).allMatch(file -> file.startsWith("images/"));
        }
    }

    @Test
    void rolesNotListedAreSkippedAndTheLogSaysSo(@TempDir Path directory) {
        Map<String, String> crops = Map.of("framegate.images.roles", "face,plate,target,snapshot");
        byte[] face = Pictures.encoded(Pictures.photo(24, 32), "png");
        try (RunningRoutes routes = RunningRoutes.in(directory, crops);
                CapturedLog log = CapturedLog.of("io.framegate.events")) {
            assertThat(routes.send(TestPacket.face(PHOTO, face)).isFailed()).isFalse();

            String stored = "image_1_02_00_5E_10_00_01_20260329_095821_face.png";
            assertThat(routes.files("images")).containsExactly(stored);
            assertThat(routes.files("quarantine")).isEmpty();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("INFO event accepted")
                    .contains(" stored=" + stored + " skipped=scene rejected=");
        }
    }

    private static RunningRoutes withName(Path directory, String name) {
        return RunningRoutes.in(directory, Map.of("framegate.images.name", name));
    }
}
