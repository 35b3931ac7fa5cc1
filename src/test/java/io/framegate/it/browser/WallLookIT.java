package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The head, the colours and the sizes of the wall, and whether everybody can use it. */
@Timeout(60)
class WallLookIT {

    /** Nobody listens at the target's port. */
    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway.with("framegate.deliver.ftp.enabled", "true")
            .with("framegate.deliver.ftp.port", Integer.toString(GatewayProcess.freePort()))
            .with("framegate.intake.max-rejects-per-peer", "2")
            .with("framegate.intake.ban", "10m"));

    private static final String LONG = "A name as long as an installer with much to say can make it ".repeat(3)
            + "and_a_word_without_any_place_where_a_line_could_be_broken_".repeat(2);

    private final WallPage page = WALL.page();

    @BeforeAll
    static void cameras() {
        WALL.camera(1, LONG.substring(0, 250)).sendPlate(LONG.substring(0, 200), RED.picture(), GREEN.picture());
        WALL.camera(2, "Gate").send("VFD", "<sex>female</sex>", RED.picture());
    }

    @AfterEach
    void desktopAgain() {
        WALL.browser().asPhone(0);
    }

    @Test
    void headTellsWhatWasAcceptedAndRejected() {
        eventually("accepted").untilAsserted(() -> assertThat(page.said("[data-figure=accepted] dd"))
                .isEqualTo("2"));
        String before = page.said("[data-figure=rejected] dd");
        try (Camera connection = WALL.gateway().camera()) {
            assertThat(connection.post("<config><mac>".getBytes(UTF_8)).status())
                    .isEqualTo(400);
        }
        eventually("rejected").untilAsserted(() -> {
            assertThat(page.said("[data-figure=rejected] dd")).isNotEqualTo(before);
            assertThat(page.said("[data-figure=quarantine] dd")).isNotEqualTo("0");
        });
        assertThat(page.said("[data-figure=disk] dd")).contains("free");
    }

    @Test
    void headTellsThatATargetIsAwayAndWhatWaitsForIt() {
        eventually("away").untilAsserted(() -> {
            assertThat(page.said("#targets")).contains("ftp", "away", "3 waiting, oldest ");
            assertThat(page.isTrue("return document.querySelector('.target').classList.contains('away')"))
                    .isTrue();
        });
    }

    @Tag("faults")
    @Test
    void coloursAndSizeOfTheTilesAreRemembered() {
        String before = page.text("return getComputedStyle(document.body).backgroundColor");
        String size = tileWidth();
        page.element("#theme").click();
        String after = page.text("return getComputedStyle(document.body).backgroundColor");
        assertThat(after).isNotEqualTo(before);
        page.element("#size").sendKeys(Keys.ARROW_LEFT);
        String smaller = tileWidth();
        assertThat(smaller).isNotEqualTo(size);
        page.reload();
        assertThat(page.text("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(after);
        assertThat(tileWidth()).isEqualTo(smaller);
        page.run("localStorage.clear()");
    }

    private String tileWidth() {
        return page.text("return document.getElementById('tiles').style.getPropertyValue('--tile')");
    }

    @Test
    void bannedAddressesAreListedAndMoveNoTile() throws IOException {
        page.awaitColour("Gate", RED);
        assertThat(page.said("#banned")).isEmpty();
        String place = placeOfTiles();
        ban("127.0.9.1");
        eventually("note").untilAsserted(() -> assertThat(page.said("#banned")).isEqualTo("1 address is banned"));
        assertThat(placeOfTiles()).isEqualTo(place);
        ban("127.0.9.2");
        openBans();
        assertThat(placeOfTiles()).isEqualTo(place);
        assertThat(page.said("#bans").indexOf("127.0.9.2"))
                .isLessThan(page.said("#bans").indexOf("127.0.9.1"));
        assertFreeOfFaults("bans");
        page.press(Keys.ESCAPE);
        eventually("closed").untilAsserted(() -> assertThat(page.said("#bans")).isEmpty());

        WALL.browser().asPhone(390);
        page.open("");
        page.awaitColour("Gate", RED);
        openBans();
        assertThat(page.tooWide()).isEmpty();
    }

    /** One reject more than an address may have. */
    private static void ban(String address) {
        for (int number = 0; number <= 2; number++) {
            try (Camera attacker = Camera.connect(WALL.gateway().cameraPort(), address)) {
                attacker.send("<config><mac>").finish();
                assertThat(attacker.isClosedWithin(Eventually.SOON)).isTrue();
            }
        }
    }

    private void openBans() {
        page.element("#banned button").click();
        eventually("list").untilAsserted(() -> assertThat(page.said("#bans"))
                .contains("127.0.9.1", "127.0.9.2", "until ", "incomplete, since "));
    }

    /** Below the header, whose figures may need a second line when they change. */
    private String placeOfTiles() {
        return page.text(
                """
                const { x, y, width, height } = document.getElementById('tiles').getBoundingClientRect();
                return [x, Math.round(y - document.querySelector('.top').offsetHeight), width, height].join();
                """);
    }

    @Tag("faults")
    @Test
    void nothingIsToBeScrolledToSidewaysOnAPhone() {
        WALL.browser().asPhone(360);
        page.open("");
        page.awaitColour("Gate", RED);
        assertThat(page.tooWide()).as("wall").isEmpty();
        page.run("location.hash = 'camera=' + arguments[0]", WALL.camera(1, "").id());
        page.awaitFilm(RED);
        eventually("attributes")
                .untilAsserted(() -> assertThat(page.said("#attributes")).contains("plateNumber"));
        assertThat(page.tooWide()).as("camera").isEmpty();
        assertThat(page.isTrue("return document.querySelector('.film').getBoundingClientRect().right <= innerWidth"))
                .isTrue();
    }

    @Test
    void wallAndCameraHaveNoFaultThatAxeKnows() throws IOException {
        page.awaitColour("Gate", RED);
        assertFreeOfFaults("wall");
        page.tile("Gate").click();
        page.awaitFilm(RED);
        eventually("attributes")
                .untilAsserted(() -> assertThat(page.said("#attributes")).contains("female"));
        assertFreeOfFaults("camera");
    }

    private void assertFreeOfFaults(String what) throws IOException {
        for (String theme : List.of("dark", "light")) {
            page.run("document.documentElement.dataset.theme = arguments[0]", theme);
            assertThat(violations()).as("%s, %s", what, theme).isEmpty();
        }
    }

    private List<String> violations() throws IOException {
        if (!page.isTrue("return 'axe' in window")) {
            try (InputStream axe = Objects.requireNonNull(getClass().getResourceAsStream("/axe.min.js"))) {
                page.run(new String(axe.readAllBytes(), UTF_8));
            }
        }
        return page.texts(
                """
                const { violations } = await axe.run();
                return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
                """);
    }
}
