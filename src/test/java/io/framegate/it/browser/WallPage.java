package io.framegate.it.browser;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.remote.RemoteWebDriver;

/** The page in the browser. What changes by itself is read in one script, so that nothing goes stale in between. */
final class WallPage {

    private final RemoteWebDriver driver;
    private final String address;

    WallPage(RemoteWebDriver driver, String address) {
        this.driver = driver;
        this.address = address;
    }

    /** Opens it as nobody has before, with this behind its address, and waits until it is live. */
    void open(String more) {
        driver.get("about:blank");
        driver.get(address + more);
        awaitLive();
    }

    void reload() {
        driver.navigate().refresh();
        awaitLive();
    }

    void awaitLive() {
        eventually("live").untilAsserted(() -> assertThat(connection()).isEqualTo("live"));
    }

    /** Connecting, live or lost. */
    String connection() {
        return text("return document.body?.dataset.connection ?? ''");
    }

    /** Runs a script in the page; what it returns. */
    @Nullable
    Object run(String script, @Nullable Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a script returns, as text. */
    String text(String script, @Nullable Object... arguments) {
        return String.valueOf(run(script, arguments));
    }

    /** What a script that returns a list of texts returns. */
    @SuppressWarnings("unchecked")
    List<String> texts(String script, Object... arguments) {
        return (List<String>) Objects.requireNonNull(run(script, arguments));
    }

    boolean isTrue(String script, Object... arguments) {
        return Boolean.TRUE.equals(run(script, arguments));
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** What one element says; empty if it is not shown. */
    String said(String selector) {
        return text(
                """
                const element = document.querySelector(arguments[0]);
                return element?.checkVisibility() ? element.innerText : '';
                """,
                selector);
    }

    /** The names of the tiles that are shown, in their order. */
    List<String> names() {
        return texts(
                "return [...document.querySelectorAll('.tile:not([hidden]) .name')].map((name) => name.textContent)");
    }

    /** The tile of that name, which is expected to be there soon. */
    WebElement tile(String name) {
        eventually("tile of " + name).until(() -> names().contains(name));
        return Objects.requireNonNull(find(name));
    }

    private @Nullable WebElement find(String name) {
        return (WebElement) run(
                """
                return [...document.querySelectorAll('.tile')]
                  .find((tile) => tile.querySelector('.name').textContent === arguments[0]);
                """,
                name);
    }

    /** Waits until the picture on the tile of that name has this colour. */
    void awaitColour(String name, Colour colour) {
        eventually(name + " is " + colour)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(colour(find(name), ".scene")).isEqualTo(colour.name()));
    }

    /**
     * The colour of the picture with this selector below the element; empty if none is shown, or none that could be
     * decoded.
     */
    String colour(@Nullable WebElement inside, String selector) {
        return text(
                """
                const image = arguments[0]?.querySelector(arguments[1]);
                if (!image || !image.checkVisibility() || !image.naturalWidth) {
                  return '';
                }
                const canvas = new OffscreenCanvas(1, 1).getContext('2d');
                canvas.drawImage(image, 0, 0, 1, 1);
                const [...rgb] = canvas.getImageData(0, 0, 1, 1).data.slice(0, 3);
                return ['RED', 'GREEN', 'BLUE'][rgb.indexOf(Math.max(...rgb))];
                """,
                inside,
                selector);
    }

    /** Replaces what is sought. */
    void search(String text) {
        element("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    }

    /** Waits until these tiles are shown and no others, in any order, and the page says how many they are. */
    void awaitShown(int of, String... names) {
        eventually("shown").untilAsserted(() -> {
            assertThat(names()).containsExactlyInAnyOrder(names);
            assertThat(said("#shown")).isEqualTo(names.length + " of " + of);
        });
    }

    /** Waits until the large picture is the film, and has this colour. */
    void awaitFilm(Colour colour) {
        eventually("film is " + colour).untilAsserted(() -> {
            assertThat(isTrue("return document.querySelector('#screen.playing .film') !== null"))
                    .isTrue();
            assertThat(colour(element("#screen"), ".film")).isEqualTo(colour.name());
        });
    }

    /** What makes it wider than the window, so that one has to scroll sideways. */
    List<String> tooWide() {
        return texts(
                """
                const { scrollWidth, clientWidth } = document.documentElement;
                return scrollWidth <= clientWidth ? [] : [...document.body.querySelectorAll('*')]
                  .filter((node) => node.getBoundingClientRect().right > clientWidth)
                  .map((node) => `${node.localName} ${node.id} ${node.className}`);
                """);
    }

    /** Presses keys, one after the other, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** What has the focus, as its id, or its name if it is a tile. */
    String focused() {
        return text(
                "const on = document.activeElement; return on.id || on.getAttribute('aria-label') || on.textContent");
    }
}
