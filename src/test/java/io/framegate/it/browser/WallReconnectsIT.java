package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.BLUE;
import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway goes away and comes back; the page stays open. */
@Timeout(90)
class WallReconnectsIT {

    @RegisterExtension
    static final OpenWall WALL = new OpenWall(GatewayProcess::keepingPorts).losingItsConnection();

    private final WallPage page = WALL.page();
    private final WallCamera gate = WALL.camera(1, "Gate");

    private void awaitLost() {
        eventually("lost").untilAsserted(() -> {
            assertThat(page.connection()).isEqualTo("lost");
            assertThat(page.said("#connection")).contains("Reconnecting");
            assertThat(page.said("#lost")).contains("No connection to the gateway since");
        });
    }

    @Tag("faults")
    @Test
    void wallShowsNewImagesAfterARestartOfTheGateway() {
        gate.show(RED);
        page.awaitColour("Gate", RED);
        page.run("window.sameDocument = true");
        WALL.gateway().terminate();
        awaitLost();
        // What was seen last is still there, and does not look new.
        assertThat(page.colour(page.tile("Gate"), ".scene")).isEqualTo("RED");
        WALL.gateway().start();
        page.awaitLive();
        gate.show(GREEN);
        page.awaitColour("Gate", GREEN);
        assertThat(page.said("#lost")).isEmpty();
        assertThat(page.isTrue("return window.sameDocument")).isTrue();
    }

    @Tag("faults")
    @Test
    void filmGoesOnWithoutReloadAfterTheGatewayWasKilled() {
        gate.show(RED);
        page.tile("Gate").click();
        page.awaitFilm(RED);
        page.run("window.sameDocument = true");
        WALL.gateway().kill();
        awaitLost();
        WALL.gateway().start();
        page.awaitLive();
        gate.show(BLUE);
        page.awaitFilm(BLUE);
        gate.show(GREEN);
        page.awaitFilm(GREEN);
        assertThat(page.isTrue("return window.sameDocument")).isTrue();
    }
}
