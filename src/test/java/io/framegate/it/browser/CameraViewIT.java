package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.BLUE;
import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** One camera large, and the keys that lead there and back. */
@Timeout(60)
class CameraViewIT {

    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway);

    private final WallPage page = WALL.page();

    @BeforeAll
    static void cameras() {
        WALL.camera(1, "Arch").show(RED);
        WALL.camera(2, "Bridge").show(RED);
        WALL.camera(3, "Court").show(RED);
    }

    private void awaitView(String camera) {
        eventually("view of " + camera)
                .untilAsserted(() -> assertThat(page.said("#camera-name")).isEqualTo(camera));
    }

    private void awaitWall() {
        eventually("wall")
                .until(() ->
                        page.said("#camera-name").isEmpty() && !page.names().isEmpty());
    }

    @Test
    void clickOpensItsFilmAndWhatIsKnownAndBackReturns() {
        WallCamera bridge = WALL.camera(2, "Bridge");
        bridge.send("VFD", "<sex>female</sex>", GREEN.picture());
        page.tile("Bridge").click();
        awaitView("Bridge");
        page.awaitFilm(GREEN);
        assertThat(page.run("return document.querySelector('.film').naturalWidth"))
                .isEqualTo(160L);
        eventually("attributes")
                .untilAsserted(() -> assertThat(page.said("#attributes")).contains("VFD", "female", "160 × 100"));
        assertThat(page.said("#camera-facts")).contains(bridge.mac());

        bridge.send("VFD", "<sex>male</sex>", BLUE.picture());
        page.awaitFilm(BLUE);
        eventually("attributes")
                .untilAsserted(() ->
                        assertThat(page.said("#attributes")).contains("male").doesNotContain("female"));
        page.element("#back").click();
        awaitWall();
        page.awaitColour("Bridge", BLUE);
        assertThat(page.focused()).startsWith("Bridge");
        assertThat(page.isTrue("return document.querySelector('.film') === null"))
                .isTrue();
    }

    @Test
    void addressOfACameraOpensItAndTheBrowsersOwnBackReturns() {
        page.tile("Court").click();
        awaitView("Court");
        page.reload();
        awaitView("Court");
        page.awaitFilm(RED);
        page.run("history.back()");
        awaitWall();
        page.open("#camera=" + WALL.camera(3, "Court").id());
        awaitView("Court");
        page.press(Keys.ESCAPE);
        awaitWall();
        assertThat(page.text("return location.hash")).isEmpty();
    }

    @Tag("faults")
    @Test
    void recentPictureIsShownInsteadOfTheFilmUntilThatIsWantedAgain() {
        WallCamera court = WALL.camera(3, "Court");
        court.show(GREEN);
        court.show(RED);
        page.open("#camera=" + court.id());
        page.awaitFilm(RED);
        eventually("recent").untilAsserted(() -> assertThat(page.texts(
                        "return [...document.querySelectorAll('#recent img')].map((img) => String(img.complete))"))
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly("true"));
        page.element("#recent li:nth-child(2) button").click();
        eventually("stored picture").untilAsserted(() -> {
            assertThat(page.colour(page.element("#screen"), ".still[data-loaded]"))
                    .isEqualTo("GREEN");
            assertThat(page.said("#caption")).startsWith("Stored picture of");
        });
        court.show(BLUE);
        eventually("newest among the recent")
                .untilAsserted(() -> assertThat(page.colour(page.element("#recent"), "li:nth-child(2) img"))
                        .isEqualTo("GREEN"));
        assertThat(page.colour(page.element("#screen"), ".still[data-loaded]")).isEqualTo("GREEN");
        page.element("#live-again").click();
        page.awaitFilm(BLUE);
        assertThat(page.said("#caption")).isEqualTo("Live at full rate");
    }

    @Tag("faults")
    @Test
    void pausedFilmStandsStillUntilItGoesOn() {
        WallCamera arch = WALL.camera(1, "Arch");
        arch.show(RED);
        page.open("#camera=" + arch.id());
        page.awaitFilm(RED);
        page.press("p");
        eventually("paused").untilAsserted(() -> {
            assertThat(page.colour(page.element("#screen"), ".still[data-loaded]"))
                    .isEqualTo("RED");
            assertThat(page.said("#caption")).isEqualTo("Paused");
        });
        arch.show(GREEN);
        eventually("known").untilAsserted(() -> assertThat(page.said("#camera-facts"))
                .contains(page.text(
                                "return (await (await fetch('api/cameras')).json()).cameras.find(({ id }) => id === arguments[0]).images",
                                arch.id())
                        + " images"));
        assertThat(page.colour(page.element("#screen"), ".still[data-loaded]")).isEqualTo("RED");
        page.press("p");
        page.awaitFilm(GREEN);
    }

    @Tag("faults")
    @Test
    void allOfItWorksByKeysAlone() {
        page.tile("Court");
        page.press("/", "not there");
        assertThat(page.focused()).isEqualTo("search");
        page.awaitShown(3);
        page.press(Keys.ESCAPE);
        page.awaitShown(3, "Arch", "Bridge", "Court");
        List<String> way = new ArrayList<>();
        while (!page.focused().startsWith("Arch") && way.size() < 12) {
            page.press(Keys.TAB);
            way.add(page.focused());
        }
        assertThat(way).startsWith("type", "silent-only", "size").contains("pause", "theme");
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.focused()).startsWith("Bridge");
        page.press(Keys.END);
        assertThat(page.focused()).startsWith("Court");
        page.press(Keys.HOME, Keys.ARROW_LEFT);
        assertThat(page.focused()).startsWith("Arch");
        page.press(Keys.ENTER);
        awaitView("Arch");
        assertThat(page.focused()).isEqualTo("camera-name");
        page.press(Keys.ARROW_RIGHT);
        awaitView("Bridge");
        page.press(Keys.TAB);
        assertThat(page.focused()).isEqualTo("previous");
        page.press(Keys.ENTER);
        awaitView("Arch");
        page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ESCAPE);
        awaitWall();
        assertThat(page.focused()).startsWith("Court");
    }
}
