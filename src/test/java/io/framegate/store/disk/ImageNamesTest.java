package io.framegate.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNamesTest {

    private static final String SHIPPED = "image_${header.FramegateCounter}_${header.FramegateCameraName}.jpg";

    @ParameterizedTest(name = "{1} named by {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                SHIPPED + " | image_17_AA_BB.jpg | true",
                SHIPPED + " | image_17_AA_BB_plate_2.webp | true",
                SHIPPED + " | image_17_AA_BB.avif | true",
                SHIPPED + " | image_17_AA_BB.tif | true",
                SHIPPED + " | image_17_AA_BB.jpg.json | false",
                SHIPPED + " | image_17_AA_BB.txt | false",
                SHIPPED + " | holiday.jpg | false",
                SHIPPED + " | .framegate-1.part | false",
                SHIPPED + " | .image_1_.jpg | false",
                SHIPPED + " | image_1 copy.jpg | false",
                SHIPPED + " | image_1.jpg | true",
                "a/${header.FramegateCameraName}/cam-${header.FramegateCounter}.jpg | cam-17.png | true",
                "a/${header.FramegateCameraName}/cam-${header.FramegateCounter}.jpg | other.png | false",
                // Named before the property was changed.
                "cam-${header.FramegateCounter}.jpg | image_17_AA_BB.jpg | true",
                "cam-${header.FramegateCounter}.jpg | image_of_me.jpg | false",
                "${header.FramegateCameraName}.jpg | anything.gif | true",
                "last picture.jpg | last_picture_2.jpg | true",
                "-${header.FramegateCounter}.jpg | _1.jpg | true",
            })
    void onlyWhatTheGatewayMayHaveNamedIsAnImage(String expression, String name, boolean own) {
        assertThat(new ImageNames(expression).isImage(name)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({"a/image_1_x.jpg.json,a/image_1_x.jpg", "a/notes.json,", "a/image_1_x.jpg,", "holiday.jpg.json,"})
    void aSidecarIsAnImagesNameAndJson(String path, String image) {
        assertThat(new ImageNames(SHIPPED).imageOf(path)).isEqualTo(image);
    }
}
