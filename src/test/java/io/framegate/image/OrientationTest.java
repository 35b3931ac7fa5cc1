package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    private static final byte[] JPEG = Pictures.encoded(Pictures.photo(16, 12), "jpeg");

    /** Rows of a picture of 3x2 pixels, 123 over 456. */
    @ParameterizedTest
    @CsvSource({
        "1, 123/456",
        "2, 321/654",
        "3, 654/321",
        "4, 456/123",
        "5, 14/25/36",
        "6, 41/52/63",
        "7, 63/52/41",
        "8, 36/25/14"
    })
    void pictureIsTurnedUpright(int orientation, String rows) {
        BufferedImage stored = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 6; i++) {
            stored.setRGB(i % 3, i / 3, i + 1);
        }
        BufferedImage upright = Orientation.upright(stored, orientation, BufferedImage.TYPE_INT_RGB);
        StringBuilder seen = new StringBuilder();
        for (int y = 0; y < upright.getHeight(); y++) {
            seen.append(y == 0 ? "" : "/");
            for (int x = 0; x < upright.getWidth(); x++) {
                seen.append(upright.getRGB(x, y) & 0xFFFFFF);
            }
        }
        assertThat(seen).hasToString(rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void orientationIsReadInBothByteOrders(int orientation) {
        assertThat(of(Pictures.exif(JPEG, orientation, true, JPEG))).isEqualTo(orientation);
        assertThat(of(Pictures.exif(JPEG, orientation, false, JPEG))).isEqualTo(orientation);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 255, 65_535})
    void impossibleOrientationIsUpright(int orientation) {
        assertThat(of(Pictures.exif(JPEG, orientation, true, JPEG))).isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void pictureThatDoesNotSayIsUpright() {
        assertThat(of(JPEG)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(Pictures.exif(JPEG, 6, true, JPEG), ImageFormat.PNG))
                .isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void damagedExifIsUprightOrRead() {
        byte[] exif = Pictures.exif(JPEG, 6, true, JPEG);
        for (int length = 0; length < 80; length++) {
            assertThat(of(Arrays.copyOf(exif, length))).isIn(1, 6);
        }
        for (int at = 2; at < 60; at++) {
            for (int value = -128; value < 128; value++) {
                byte[] changed = exif.clone();
                changed[at] = (byte) value;
                assertThat(of(changed)).isBetween(1, 8);
            }
        }
    }

    private static int of(byte[] bytes) {
        return Orientation.of(bytes, ImageFormat.JPEG);
    }
}
