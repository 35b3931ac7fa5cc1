package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {

    @Test
    void everyPictureIsTold() {
        Pictures.all().forEach((name, bytes) -> assertThat(ImageFormat.of(bytes))
                .as(name)
                .isEqualTo(ImageFormat.valueOf(name.replaceAll(" .*", "").toUpperCase(Locale.ROOT))));
    }

    @ParameterizedTest
    @CsvSource({"JPEG, jpg, image/jpeg", "PNG, png, image/png", "GIF, gif, image/gif", "BMP, bmp, image/bmp"})
    void formatHasItsExtensionAndMediaType(ImageFormat format, String extension, String mediaType) {
        assertThat(format.extension()).isEqualTo(extension);
        assertThat(format.mediaType()).isEqualTo(mediaType);
    }

    @Test
    void webpHasItsExtensionAndMediaType() {
        assertThat(ImageFormat.WEBP.extension()).isEqualTo("webp");
        assertThat(ImageFormat.WEBP.mediaType()).isEqualTo("image/webp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B",
                "BM",
                "BM, the company, wrote this text and not a bitmap",
                "GIF",
                "GIF88a and more",
                "RIFF....WAVEfmt ",
                "RIFF....WEBPVP9 ....",
                "\u0089PNG\n\u001A\n with a line ending lost",
                "\u00FF\u00D8",
                "\u00FF\u00D8\u00FF",
                "\u00FF\u00D8\u0000\u00E0",
                "\u00FF\u00D8\u00FF\u00D9",
                "\u00FF\u00D8\u00FF\u0000",
                "<?xml version=\"1.0\"?>",
                "%PDF-1.7",
                "/9j/4AAQSkZJRgABAQ" // a JPEG's base64, not yet decoded
            })
    void otherBytesAreNoPicture(String latin1) {
        assertThat(ImageFormat.of(latin1.getBytes(StandardCharsets.ISO_8859_1))).isNull();
    }

    @Test
    void randomBytesAreNoPicture() {
        Random random = new Random(7);
        byte[] bytes = new byte[64];
        for (int i = 0; i < 1_000_000; i++) {
            random.nextBytes(bytes);
            assertThat(ImageFormat.of(bytes)).isNull();
        }
    }

    @Test
    void randomBytesBehindBmpLettersAreNoPicture() {
        Random random = new Random(8);
        byte[] bytes = new byte[64];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            bytes[0] = 'B';
            bytes[1] = 'M';
            assertThat(ImageFormat.of(bytes)).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"jpg, JPEG", "jpeg, JPEG", "JPG, JPEG", "' png ', PNG", "webp, WEBP", "tiff,", "'',"})
    void formatIsFoundByName(String name, @Nullable ImageFormat format) {
        assertThat(ImageFormat.named(name)).isEqualTo(format);
    }
}
