package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.PacedCamera;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which tiles are shown. */
@Timeout(60)
class WallFilterIT {

    private static final String LIVELY = CameraPacket.mac(1).toUpperCase(Locale.ROOT);

    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway.with("framegate.web.silent-after", "2s"));

    private final WallPage page = WALL.page();

    @BeforeAll
    static void cameras() {
        WALL.camera(1, "North Gate").show(RED);
        WALL.camera(2, "South Gate").sendPlate("FG 17", RED.picture(), GREEN.picture());
        WALL.camera(3, "Yard").show(RED);
        try (PacedCamera lively = new PacedCamera(WALL.gateway()::cameraPort, 1, 0, Duration.ofMillis(300))) {
            eventually("lively").until(() -> !lively.accepted().isEmpty());
        }
    }

    @Test
    void everyWordIsSoughtInNameMacAddressTypeAndPlate() {
        page.awaitShown(4, "North Gate", "South Gate", "Yard", LIVELY);
        page.search("gate");
        page.awaitShown(4, "North Gate", "South Gate");
        page.search("GATE south");
        page.awaitShown(4, "South Gate");
        page.search("02005e210003");
        page.awaitShown(4, "Yard");
        page.search("fg 17");
        page.awaitShown(4, "South Gate");
        page.search("vehice");
        page.awaitShown(4, "South Gate");
        page.search("127.0.0.1");
        page.awaitShown(4, "North Gate", "South Gate", "Yard", LIVELY);
    }

    @Test
    void whereNoCameraFitsAllAreOneClickAway() {
        page.search("nowhere");
        page.awaitShown(4);
        assertThat(page.said("#nothing")).contains("No camera matches");
        page.element("#clear").click();
        page.awaitShown(4, "North Gate", "South Gate", "Yard", LIVELY);
        assertThat(page.said("#nothing")).isEmpty();
    }

    @Test
    void oneTypeIsShown() {
        page.awaitShown(4, "North Gate", "South Gate", "Yard", LIVELY);
        page.element("#type option[value=VEHICE]").click();
        page.awaitShown(4, "South Gate");
        page.search("yard");
        page.awaitShown(4);
    }

    @Tag("faults")
    @Test
    void onlySilentCamerasAreShownAsLongAsTheyAre() {
        try (PacedCamera sending = new PacedCamera(WALL.gateway()::cameraPort, 1, 0, Duration.ofMillis(300))) {
            eventually("silent but one")
                    .untilAsserted(() -> assertThat(page.said("#silent-count")).isEqualTo("3"));
            page.element("#silent-only").click();
            page.awaitShown(4, "North Gate", "South Gate", "Yard");
            assertThat(page.text("return document.getElementById('silent-only').ariaPressed"))
                    .isEqualTo("true");
            assertThat(sending.accepted()).isNotEmpty();
        }
        page.awaitShown(4, "North Gate", "South Gate", "Yard", LIVELY);
    }

    @Tag("faults")
    @Test
    void filterIsKeptInTheAddress() {
        page.search("south gate");
        page.element("#type option[value=VEHICE]").click();
        eventually("silent")
                .untilAsserted(() -> assertThat(page.said("#silent-count")).isEqualTo("4"));
        page.element("#silent-only").click();
        page.awaitShown(4, "South Gate");
        eventually("address").untilAsserted(() -> assertThat(page.text("return location.search"))
                .isEqualTo("?search=south+gate&type=VEHICE&silent=true"));

        page.reload();
        page.awaitShown(4, "South Gate");
        assertThat(page.text("return document.getElementById('search').value")).isEqualTo("south gate");
        page.tile("South Gate").click();
        eventually("camera")
                .untilAsserted(() -> assertThat(page.said("#camera-name")).isEqualTo("South Gate"));
        page.element("#back").click();
        page.awaitShown(4, "South Gate");

        page.search("gate");
        page.tile("South Gate").click();
        eventually("camera")
                .untilAsserted(() -> assertThat(page.said("#camera-name")).isEqualTo("South Gate"));
        page.element("#back").click();
        eventually("address of the wall")
                .untilAsserted(() -> assertThat(page.text("return location.search + location.hash"))
                        .isEqualTo("?search=gate&type=VEHICE&silent=true"));

        page.open("?search=yard");
        page.awaitShown(4, "Yard");
        page.search("");
        page.awaitShown(4, "North Gate", "South Gate", "Yard", LIVELY);
        eventually("address").untilAsserted(() -> assertThat(page.text("return location.search"))
                .isEmpty());
    }
}
