package io.framegate.it.browser;

import static io.framegate.it.browser.Colour.BLUE;
import static io.framegate.it.browser.Colour.GREEN;
import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wall of two hundred cameras. */
@Timeout(60)
class ManyCamerasIT {

    private static final int CAMERAS = 200;

    @RegisterExtension
    static final OpenWall WALL = new OpenWall(gateway -> gateway);

    private static List<WallCamera> cameras = List.of();

    private final WallPage page = WALL.page();

    @BeforeAll
    static void cameras() {
        cameras = IntStream.rangeClosed(1, CAMERAS)
                .mapToObj(number -> WALL.camera(number, String.format(Locale.ROOT, "Camera %03d", number)))
                .toList();
        cameras.forEach(camera -> camera.show(GREEN));
    }

    @Tag("faults")
    @Test
    void allHaveTilesAndOnlyThoseThatCanBeSeenLoadPictures() {
        eventually("all tiles").untilAsserted(() -> assertThat(page.names())
                .containsExactlyElementsOf(
                        cameras.stream().map(WallCamera::name).toList()));
        page.awaitColour("Camera 001", GREEN);
        eventually("all that can be seen")
                .until(
                        () -> page.isTrue(
                                """
                return [...document.querySelectorAll('.tile')]
                  .filter((tile) => tile.getBoundingClientRect().top < innerHeight)
                  .every((tile) => tile.querySelector('.scene[data-loaded]'));
                """));
        assertThat(asked()).hasSizeLessThan(CAMERAS / 4).doesNotContain(last().id());

        page.run("document.querySelector('.tile:last-child').scrollIntoView()");
        page.awaitColour(last().name(), GREEN);
        last().show(BLUE);
        page.awaitColour(last().name(), BLUE);
        assertThat(asked()).doesNotContain(cameras.get(CAMERAS / 2).id());

        page.search("camera 123");
        page.awaitShown(CAMERAS, "Camera 123");
        page.awaitColour("Camera 123", GREEN);
    }

    private WallCamera last() {
        return cameras.get(CAMERAS - 1);
    }

    /** The cameras whose pictures the page has asked for. */
    private List<String> asked() {
        return page.texts(
                """
                return [...new Set(performance.getEntriesByType('resource')
                  .map(({ name }) => /\\/live\\/([^/]+)\\//.exec(name)?.[1]).filter(Boolean))];
                """);
    }
}
