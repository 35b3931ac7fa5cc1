package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.BLUE;
import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.PacedCamera;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WebElement;

/** The tiles: there, new, and as silent as their cameras. */
@Timeout(60)
class WallTilesIT {

    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway.with("framegate.web.silent-after", "2s"));

    private final WallPage page = WALL.page();

    @Test
    void tileOfEachCameraAppearsAndItsPictureChangesWithoutReload() {
        WallCamera yard = WALL.camera(1, "Yard");
        WallCamera gate = WALL.camera(2, "Gate");
        page.run("window.sameDocument = true");
        yard.show(RED);
        gate.show(GREEN);
        page.awaitColour("Yard", RED);
        page.awaitColour("Gate", GREEN);
        yard.show(BLUE);
        page.awaitColour("Yard", BLUE);
        assertThat(page.tile("Yard").getText()).contains("Yard", yard.mac(), "MOTION");
        assertThat(page.colour(page.tile("Gate"), ".scene")).isEqualTo("GREEN");
        assertThat(page.isTrue("return window.sameDocument")).isTrue();
    }

    @Test
    void onlyWhatChangedIsTouched() {
        WallCamera still = WALL.camera(3, "Still");
        WallCamera busy = WALL.camera(4, "Busy");
        still.show(RED);
        busy.show(RED);
        page.awaitColour("Still", RED);
        page.awaitColour("Busy", RED);
        awaitSilent("Still");
        WebElement tile = page.tile("Still");
        WebElement link = (WebElement) page.run("return arguments[0].querySelector('a')", page.tile("Busy"));
        page.run(
                """
                window.touched = [];
                const seen = arguments[0].querySelector('.seen');
                new MutationObserver((all) => all.filter(({ target }) => !seen.contains(target))
                    .forEach(({ type, target }) => touched.push(`${type} ${target.className}`)))
                  .observe(arguments[0], { subtree: true, childList: true, attributes: true, characterData: true });
                """,
                tile);
        for (Colour colour : List.of(GREEN, BLUE, RED)) {
            busy.show(colour);
            page.awaitColour("Busy", colour);
        }
        assertThat(page.texts("return window.touched")).isEmpty();
        assertThat(page.tile("Still")).isEqualTo(tile);
        assertThat(page.run("return arguments[0].querySelector('a')", page.tile("Busy")))
                .isEqualTo(link);
    }

    private void awaitSilent(String name) {
        WebElement tile = page.tile(name);
        eventually(name + " is silent")
                .until(() -> page.isTrue("return arguments[0].classList.contains('silent')", tile));
    }

    @Test
    void silentCameraIsMarkedAndComesFirstUntilItSendsAgain() {
        String lively = CameraPacket.mac(5).toUpperCase(Locale.ROOT);
        WallCamera quiet = WALL.camera(6, "Zone without a voice");
        quiet.show(RED);
        try (PacedCamera sending = new PacedCamera(WALL.gateway()::cameraPort, 5, 0, Duration.ofMillis(300))) {
            page.tile(lively);
            awaitSilent(quiet.name());
            WebElement tile = page.tile(quiet.name());
            assertThat(tile.getText()).contains("Silent");
            assertThat(page.names()).containsSubsequence(quiet.name(), lively);
            assertThat(page.text("return document.title")).contains("silent)");
            assertThat(page.said("#silent-count")).isNotEqualTo("0");
            assertThat(page.tile(lively).getText()).doesNotContain("Silent");
            eventually("said to screen readers").untilAsserted(() -> assertThat(
                            page.text("return document.getElementById('announcements').textContent"))
                    .contains("silent"));

            eventually("behind the others, without a mark")
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> {
                        // Again and again, or a slow machine would look when it is silent once more.
                        quiet.show(GREEN);
                        assertThat(tile.getText()).doesNotContain("Silent");
                        assertThat(page.names()).containsSubsequence(lively, quiet.name());
                    });
            assertThat(sending.accepted()).isNotEmpty();
        }
    }

    @Test
    void plateAndItsPictureAreOnTheTile() {
        WALL.camera(7, "Barrier").sendPlate("FG 17", RED.picture(), BLUE.picture());
        page.awaitColour("Barrier", RED);
        WebElement tile = page.tile("Barrier");
        eventually("crop")
                .untilAsserted(() -> assertThat(page.colour(tile, ".crop")).isEqualTo("BLUE"));
        assertThat(tile.getText()).contains("FG 17", "VEHICE");
    }

    @Tag("faults")
    @Test
    void largePictureIsShownAsASmallerCopy() {
        WALL.camera(8, "Large").send("MOTION", "", GREEN.largePicture());
        page.awaitColour("Large", GREEN);
        assertThat(page.run("return arguments[0].querySelector('.scene').naturalWidth", page.tile("Large")))
                .isEqualTo(480L);
    }

    @Test
    void pausedWallKeepsItsPicturesAndShowsUnseenOnes() {
        WallCamera seen = WALL.camera(9, "Seen before");
        seen.show(RED);
        page.awaitColour("Seen before", RED);
        page.element("#pause").click();
        seen.show(GREEN);
        WALL.camera(10, "Seen later").show(BLUE);
        page.awaitColour("Seen later", BLUE);
        assertThat(page.colour(page.tile("Seen before"), ".scene")).isEqualTo("RED");
        page.element("#pause").click();
        page.awaitColour("Seen before", GREEN);
    }

    @Test
    void textOfPacketsStaysText() {
        String attack = "\"'><img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
        WallCamera camera = WALL.camera(11, attack);
        camera.sendPlate(attack, GREEN.picture(), BLUE.picture());
        page.awaitColour(attack, GREEN);
        WebElement tile = page.tile(attack);
        assertThat(tile.getText()).contains(attack + "\n");
        assertThat(page.text("return arguments[0].querySelector('.plate').textContent", tile))
                .isEqualTo(attack);
        assertThat(page.texts(
                        "return [...arguments[0].querySelectorAll('script, img')].map((made) => made.className)", tile))
                .containsExactly("scene", "crop");
        page.run("location.hash = 'camera=' + arguments[0]", camera.id());
        eventually("attributes")
                .untilAsserted(() -> assertThat(page.said("#attributes")).contains(attack));
        assertThat(page.said("#camera-name")).isEqualTo(attack);
        assertThat(page.run("return document.querySelectorAll('#camera script, #camera [src=\"x\"]').length"))
                .isEqualTo(0L);
        assertThat(page.isTrue("return window.hacked === undefined")).isTrue();
    }
}
