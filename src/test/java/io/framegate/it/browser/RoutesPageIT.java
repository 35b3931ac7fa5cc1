package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.RED;
import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The picture of the routes. */
@Timeout(60)
class RoutesPageIT {

    /** Nobody listens at the target's port. */
    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway.with("framegate.deliver.ftp.enabled", "true")
            .with("framegate.deliver.ftp.port", Integer.toString(GatewayProcess.freePort()))
            .with("framegate.deliver.retry-delay", "100ms")
            .with("framegate.deliver.max-retry-delay", "100ms"));

    private final WallPage page = WALL.page();

    @BeforeEach
    void routes() {
        page.open("routes");
        eventually("card of store-image")
                .until(() -> page.isTrue("return document.getElementById('route-store-image') !== null"));
    }

    @AfterEach
    void desktopAgain() {
        WALL.browser().asPhone(0);
    }

    /** The text of the first row of a card that contains this. */
    private String row(String route, String step) {
        return page.text(
                """
                const rows = document.querySelectorAll(`#route-${arguments[0]} .row`);
                return [...rows].find((row) => row.innerText.includes(arguments[1]))?.innerText ?? '';
                """,
                route,
                step);
    }

    private long total(String route) {
        String total = page.text("return document.querySelector(`#route-${arguments[0]} .total`).textContent", route);
        return Long.parseLong(total.replaceAll("[^0-9]", ""), 10);
    }

    @Test
    void stepsCountWhatGoesThroughThemWithoutAReload() {
        long before = total("store-image");
        WALL.camera(1, "Gate").show(RED);
        eventually("one more").untilAsserted(() -> {
            assertThat(total("store-image")).isEqualTo(before + 1);
            assertThat(row("store-image", "")).contains(Long.toString(before + 1));
        });
    }

    @Test
    void whatIsRejectedIsSeenAtTheQuarantine() {
        long before = total("quarantine");
        try (Camera camera = WALL.gateway().camera()) {
            assertThat(camera.post("<config><mac>".getBytes(UTF_8)).status()).isEqualTo(400);
        }
        eventually("one more")
                .untilAsserted(() -> assertThat(total("quarantine")).isEqualTo(before + 1));
    }

    @Tag("faults")
    @Test
    void stepThatSendsToATargetThatIsAwayIsMarkedAsFailed() {
        WALL.camera(2, "Yard").show(RED);
        eventually("failed").untilAsserted(() -> assertThat(row("deliver-to-ftp", "ftp:"))
                .contains("failed")
                .doesNotContain("127.0.0.1"));
    }

    @Tag("faults")
    @Test
    void stepTellsAllOfItWhenItIsOpenedByKeyboard() {
        page.run("document.querySelector('#route-store-image .row button').focus()");
        page.press(Keys.ENTER);
        eventually("details").untilAsserted(() -> assertThat(page.said("#route-store-image .details"))
                .contains("store.camel.yaml", "through"));
    }

    @Test
    void refusedEditIsShownAsTextUntilTheFileIsGone() throws IOException {
        Path file = WALL.gateway().routes().resolve("refused.camel.yaml");
        Files.writeString(file, "- beans:\n    - name: one\n      type: '<img src=x onerror=alert(1)>'\n");
        eventually("refused").untilAsserted(() -> {
            assertThat(page.said("#refused"))
                    .contains("the next start would fail")
                    .contains("refused.camel.yaml, line 3: class <img src=x onerror=alert(1)>: not found");
            assertThat(page.text("return document.title")).startsWith("(1 refused) Routes");
        });
        assertThat(page.isTrue("return document.querySelector('#refused img') === null"))
                .isTrue();
        assertThat(total("store-image")).isNotNegative();
        Files.delete(file);
        eventually("none").untilAsserted(() -> assertThat(page.said("#refused")).isEmpty());
    }

    @Tag("faults")
    @Test
    void nothingIsToBeScrolledToSidewaysOnAPhone() {
        WALL.browser().asPhone(360);
        page.open("routes");
        eventually("cards").until(() -> total("receive-packet") >= 0);
        assertThat(page.tooWide()).isEmpty();
    }
}
