package io.framegate.wire.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureEndsTest {

    private static final String SCAN = "\u00ff\u00da\0\4\1\2scan\u00ff\u00d9";
    private static final String JPEG = "\u00ff\u00d8" + SCAN;
    private static final String THUMBNAIL = "\u00ff\u00d8\u00ff\u00e1\0\u0010" + JPEG + SCAN;
    private static final String MULTI = "\u00ff\u00d8\u00ff\u00e2\0\6MPF\0" + SCAN;

    private static List<Integer> ends(String... pictures) {
        return PictureEnds.of(String.join("", pictures).getBytes(ISO_8859_1), 4);
    }

    @Test
    void eachJpegEndsWhereItsMarkersSay() {
        assertThat(ends(JPEG)).containsExactly(14);
        assertThat(ends(JPEG, JPEG)).containsExactly(14, 28);
        assertThat(ends(JPEG, JPEG, JPEG)).containsExactly(14, 28, 42);
    }

    @Test
    void thumbnailIsPartOfItsPicture() {
        assertThat(ends(THUMBNAIL)).hasSize(1);
        assertThat(ends(THUMBNAIL, JPEG)).containsExactly(THUMBNAIL.length(), THUMBNAIL.length() + 14);
    }

    @Test
    void picturesOverTheLimitArePartOfTheLast() {
        assertThat(ends(JPEG, JPEG, JPEG, JPEG, JPEG)).containsExactly(14, 28, 42, 70);
    }

    @Test
    void previewsOfAMultiPictureFileArePartOfIt() {
        assertThat(ends(MULTI, JPEG)).containsExactly(MULTI.length() + 14);
    }

    @ParameterizedTest
    @CsvSource({"zeros, '\0\0\0'", "text, camera 7", "half a marker, \u00ff\u00d8"})
    void otherBytesArePartOfThePicture(String name, String rest) {
        assertThat(ends(JPEG, rest)).as(name).containsExactly(14 + rest.length());
        assertThat(ends(rest, JPEG)).as(name).containsExactly(14 + rest.length());
    }
}
