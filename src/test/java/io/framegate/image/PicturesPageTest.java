package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of pictures in the documentation says what the table of formats says. */
class PicturesPageTest {

    @Test
    void tableIsThatOfTheFormats() throws IOException {
        String rows = Arrays.stream(ImageFormat.values())
                .map(PicturesPageTest::row)
                .collect(Collectors.joining("\n", "|---|---|---|---|\n", "\n\n"));
        assertThat(Files.readString(Path.of("src/docs/formats.md"))).contains(rows);
    }

    @Test
    void readmeNamesEveryFormat() throws IOException {
        String titles = ImageFormat.titles().replace(" or ", ", ");
        assertThat(Files.readString(Path.of("README.md"))).contains("one picture (" + titles + ")");
    }

    private static String row(ImageFormat format) {
        return "| " + format.title() + " | `" + format.extension() + "` | `" + format.mediaType() + "` | "
                + (format.isReadable() ? "yes" : "no") + " |";
    }
}
