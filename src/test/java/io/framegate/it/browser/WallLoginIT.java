package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wall that asks for user and password. That it tells nobody else anything is tested over HTTP. */
@Timeout(60)
class WallLoginIT {

    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway.with("framegate.web.user", "operator")
                    .withVariable("framegate.web.password", "test-secret-web"))
            .withLogin("operator:test-secret-web");

    private final WallPage page = WALL.page();

    @Test
    void everythingWorksForWhoIsKnown() {
        WallCamera gate = WALL.camera(1, "Gate");
        gate.show(RED);
        page.awaitColour("Gate", RED);
        page.tile("Gate").click();
        page.awaitFilm(RED);
        gate.send("VFD", "<sex>female</sex>", GREEN.picture());
        page.awaitFilm(GREEN);
        eventually("attributes")
                .untilAsserted(() -> assertThat(page.said("#attributes")).contains("female"));
        eventually("recent").untilAsserted(() -> assertThat(page.colour(page.element("#recent"), "img"))
                .isEqualTo("GREEN"));
    }
}
