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
    @CsvSource({
        "JPEG, jpg, image/jpeg",
        "PNG, png, image/png",
        "GIF, gif, image/gif",
        "BMP, bmp, image/bmp",
        "WEBP, webp, image/webp",
        "TIFF, tif, image/tiff",
        "AVIF, avif, image/avif",
        "HEIC, heic, image/heic",
        "JXL, jxl, image/jxl",
        "JP2, jp2, image/jp2",
        "J2K, j2k, image/j2c"
    })
    void formatHasItsExtensionAndMediaType(ImageFormat format, String extension, String mediaType) {
        assertThat(format.extension()).isEqualTo(extension);
        assertThat(format.mediaType()).isEqualTo(mediaType);
        assertThat(ImageFormat.ofMediaType(mediaType)).isEqualTo(format);
    }

    @Test
    void titlesAreListedOnce() {
        assertThat(ImageFormat.titles()).isEqualTo("JPEG, PNG, GIF, BMP, WebP, TIFF, AVIF, HEIC, JPEG XL or JPEG 2000");
        assertThat(ImageFormat.readableTitles()).isEqualTo("JPEG, PNG, GIF, BMP, WebP or TIFF");
    }

    @Test
    void fillBytesMayStandBeforeTheFirstMarker() {
        assertThat(ImageFormat.of(new byte[] {-1, (byte) 0xD8, -1, -1, -1, (byte) 0xE0, 0}))
                .isEqualTo(ImageFormat.JPEG);
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg, true",
        "a.JPEG, true",
        "a.tiff, true",
        "a.tif, true",
        "a.avif, false",
        "a.mp4, false",
        "a, false"
    })
    void nameOfAFileTellsWhetherItMayBeDecoded(String name, boolean readable) {
        assertThat(ImageFormat.isReadable(name)).isEqualTo(readable);
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
            // The codestream of JPEG XL begins with two bytes, and any may follow.
            if (bytes[0] != -1 || bytes[1] != '\n') {
                assertThat(ImageFormat.of(bytes)).isNull();
            }
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
    @CsvSource({
        "jpg, JPEG",
        "jpeg, JPEG",
        "JPG, JPEG",
        "' png ', PNG",
        "webp, WEBP",
        "tiff, TIFF",
        "tif, TIFF",
        "jxl, JXL",
        "psd,",
        "'',"
    })
    void formatIsFoundByName(String name, @Nullable ImageFormat format) {
        assertThat(ImageFormat.named(name)).isEqualTo(format);
    }
}
