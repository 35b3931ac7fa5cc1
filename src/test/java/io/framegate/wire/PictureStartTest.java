package io.framegate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.framegate.wire.WireFormat.Match;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureStartTest {

    static Stream<Arguments> beginnings() {
        return Stream.of(
                arguments("\u00ff\u00d8\u00ff\u00e0", PictureStart.JPEG),
                arguments("\u00ff\u00ff\u00d8\u00ff", PictureStart.JPEG),
                arguments(
                        "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00d8", PictureStart.JPEG),
                arguments("\u0089PNG\r\n", PictureStart.PNG),
                arguments("GIF89a", PictureStart.GIF),
                arguments("RIFF\u0001\u0002\u0000\u0000WEBPVP8 ", PictureStart.WEBP),
                arguments("BM6\u0010\0\0\0\0\0\0" + "6\0", PictureStart.BMP),
                arguments("II*\0\u0008\0\0\0", PictureStart.TIFF),
                arguments("MM\0*\0\0\0\u0008", PictureStart.TIFF),
                arguments("II+\0\u0008\0\0\0", PictureStart.TIFF),
                arguments("MM\0+\0\u0008\0\0", PictureStart.TIFF),
                arguments("\0\0\0 ftypavif\0\0\0\0avif", PictureStart.AVIF),
                arguments("\0\0\0\u001cftypavis", PictureStart.AVIF),
                arguments("\0\0\0\u0018ftypheic", PictureStart.HEIC),
                arguments("\0\0\0\u0018ftypheix", PictureStart.HEIC),
                arguments("\0\0\0\u0018ftyphevc", PictureStart.HEIC),
                arguments("\0\0\0\u0018ftypheim", PictureStart.HEIC),
                arguments("\0\0\0\u0018ftypmif1", PictureStart.HEIC),
                arguments("\0\0\0\u0018ftypmsf1", PictureStart.HEIC),
                arguments("\0\0\0\u000cJXL \r\n\u0087\n", PictureStart.JXL),
                arguments("\0\0\0\u000cjP  \r\n\u0087\n", PictureStart.JP2),
                arguments("\u00ffO\u00ffQ\0/", PictureStart.J2K));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void pictureIsRecognisedInAnyPieces(String latin1, PictureStart kind) {
        byte[] bytes = bytes(latin1);
        assertThat(PictureStart.of(bytes, 0, bytes.length)).isEqualTo(kind);
        Match match = Match.MORE;
        for (int length = 0; length <= bytes.length; length++) {
            Match next = PictureStart.match(bytes, 0, length, false);
            assertThat(match).as("before %d bytes", length).isIn(Match.MORE, next);
            match = next;
        }
        assertThat(match).isEqualTo(Match.YES);
    }

    static Stream<Arguments> weak() {
        return Stream.of(
                arguments("BM6\u0010\0\0\1\0\0\0", PictureStart.BMP), arguments("\u00ff\n\u00fa", PictureStart.JXL));
    }

    @ParameterizedTest
    @MethodSource("weak")
    void weakBeginningCountsOnlyForWhatIsCalledAPicture(String latin1, PictureStart kind) {
        byte[] bytes = bytes(latin1);
        assertThat(PictureStart.of(bytes, 0, bytes.length)).isEqualTo(kind);
        assertThat(PictureStart.match(bytes, 0, bytes.length, true)).isEqualTo(Match.YES);
        assertThat(PictureStart.match(bytes, 0, bytes.length, false)).isEqualTo(Match.NO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<config/>",
                "{\"a\":1}",
                "--boundary",
                "%PDF-1.7",
                "PK\u0003\u0004",
                "\0\0\0 ftypisom",
                "\0\0\0\u0018ftypmp42",
                "\0\0\0\u0014ftypqt  ",
                "\0\0\0\0\0",
                "RIFF\0\0\0\0AVI LIST",
                "RIFF\0\0\0\0WAVEfmt ",
                "MM, two letters",
                "II too",
                "GIF me",
                "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00d8",
                "\u00ff\u00fb\u0090"
            })
    void otherBytesAreNoPicture(String latin1) {
        byte[] bytes = bytes(latin1);
        assertThat(PictureStart.match(bytes, 0, bytes.length, true)).isEqualTo(Match.NO);
        assertThat(PictureStart.of(bytes, 0, bytes.length)).isNull();
        assertThat(PictureStart.fillBytes(bytes, 0, bytes.length)).isZero();
    }

    @Test
    void twelveBytesDecideEverything() {
        Random random = new Random(15);
        byte[] bytes = new byte[PictureStart.ENOUGH];
        for (int round = 0; round < 200_000; round++) {
            random.nextBytes(bytes);
            for (int at = random.nextInt(12); at >= 0; at--) {
                bytes[at] = (byte) (round % 2 == 0 ? 0xFF : 0);
            }
            assertThat(PictureStart.match(bytes, 0, bytes.length, true)).isNotEqualTo(Match.MORE);
        }
    }

    @Test
    void fillBytesAreCountedUpToTheMarker() {
        assertThat(PictureStart.fillBytes(bytes("\u00ff\u00d8\u00ff"), 0, 3)).isZero();
        assertThat(PictureStart.fillBytes(bytes("\u00ff\u00ff\u00d8\u00ff"), 0, 4))
                .isEqualTo(1);
        assertThat(PictureStart.fillBytes(bytes("ab\u00ff\u00ff\u00ff\u00d8"), 2, 6))
                .isEqualTo(2);
        assertThat(PictureStart.fillBytes(bytes("\u00ff\u00ff"), 0, 2)).isZero();
    }

    @Test
    void bytesOutsideTheRangeDoNotCount() {
        byte[] bytes = bytes("xxGIF89a");
        assertThat(PictureStart.match(bytes, 2, 8, false)).isEqualTo(Match.YES);
        assertThat(PictureStart.match(bytes, 2, 5, false)).isEqualTo(Match.MORE);
        assertThat(PictureStart.match(Arrays.copyOf(bytes, 2), 2, 2, true)).isEqualTo(Match.MORE);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
