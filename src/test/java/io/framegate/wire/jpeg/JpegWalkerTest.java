package io.framegate.wire.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JpegWalkerTest {

    private static final String TABLE = "FFDB 0003 AA";
    private static final String SCAN = "FFDA 0003 01 1234 FF00 56 FFD0 78 ";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a picture, 0, FFD8 FFDB0003AA FFDA000301 12FF00FFD734 FFD9, ''",
        "a picture with bytes after it, 0, FFD8 FFDA000301 12 FFD9, 44484156FFD9",
        "a boundary after it, 0, FFD8 FFDA000301 12 FFD9, 2D2D62",
        "a thumbnail in a segment, 0, FFD8 FFE10008 FFD812FFD934 FFDA000301 12 FFD9, FFD9",
        "an end marker where a second scan follows, 0, FFD8 FFDA000301 12 FFC4000355 FFDA000301 34 FFD9, 00",
        "fill bytes, 2, FFFF FFD8 FFFFDB0003AA FFDA000301 12 FFFFD9, 00",
        "an empty segment, 0, FFD8 FFE00002 FFDA0002 12 FFD9, 00"
    })
    void findsTheEndOf(String what, int fill, String picture, String after) {
        byte[] bytes = hex(picture + after);
        int length = hex(picture).length;

        assertThat(JpegWalker.end(bytes, 0, bytes.length)).as(what).isEqualTo(length);
        assertThat(JpegWalker.end(bytes, fill, bytes.length)).isEqualTo(length);
        assertThat(JpegWalker.end(bytes, 0, length - 1))
                .as("without its last byte")
                .isEqualTo(-1);
    }

    @Test
    void theEndDoesNotDependOnThePieces() {
        byte[] bytes = hex("FFD8" + TABLE + SCAN + "FFD9 0D0A");
        for (int size = 1; size < bytes.length; size++) {
            JpegWalker walker = new JpegWalker();
            int at = 0;
            while (at < bytes.length && !walker.isAtEnd()) {
                at = walker.walk(bytes, at, Math.min(bytes.length, at + size));
            }
            assertThat(at).isEqualTo(bytes.length - 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no picture, 0, 3C61",
        "a fill byte and no D8, 2, FFFFD9",
        "no marker after the first, 2, FFD8 12",
        "a zero for a marker, 3, FFD8 FF00",
        "a segment shorter than its length, 5, FFD8 FFDB 0001",
        "the next picture in the scan, 9, FFD8 FFDA000301 12 FFD8"
    })
    void stopsBeforeTheByteThatIsWrong(String what, int wrong, String bytes) {
        JpegWalker walker = new JpegWalker();
        byte[] in = hex(bytes + "FFD9");

        assertThat(walker.walk(in, 0, in.length)).as(what).isEqualTo(wrong);
        assertThat(walker.isBroken()).isTrue();
        assertThat(walker.walk(in, wrong, in.length)).as("no further").isEqualTo(wrong);
    }

    @Test
    void walksOverOnePictureAfterTheOther() {
        byte[] picture = hex("FFD8" + TABLE + SCAN + "FFD9");
        JpegWalker walker = new JpegWalker();
        walker.walk(picture, 0, picture.length);
        walker.reset();

        assertThat(walker.isAtEnd()).isFalse();
        assertThat(walker.walk(picture, 0, picture.length)).isEqualTo(picture.length);
        assertThat(walker.isAtEnd()).isTrue();
    }

    private static byte[] hex(String text) {
        return ByteBufUtil.decodeHexDump(text.replace(" ", ""));
    }
}
