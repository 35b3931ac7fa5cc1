package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NoPictureTest {

    private static final String EXPECTED =
            " (expected: JPEG, PNG, GIF, BMP, WebP, TIFF, AVIF, HEIC, JPEG XL or JPEG 2000)";

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.arguments("%PDF-1.7", "PDF"),
                Arguments.arguments("\0\0\0 ftypisom", "MP4 film"),
                Arguments.arguments("\0\0\0\u0014ftypqt  ", "MOV film"),
                Arguments.arguments("RIFF\0\0\0\0AVI LIST", "AVI film"),
                Arguments.arguments("PK\u0003\u0004", "ZIP"),
                Arguments.arguments("<!DOCTYPE html>", "HTML"),
                Arguments.arguments("\u00EF\u00BB\u00BF\r\n<HTML>", "HTML"),
                Arguments.arguments("<?xml version='1.0'?>", "XML"),
                Arguments.arguments(" {\"a\": 1}", "JSON"),
                Arguments.arguments("[{}]", "JSON"),
                Arguments.arguments("/9j/4AAQ", "base64 text of a JPEG"),
                Arguments.arguments("\u0089PNG\r\n\u001A\n....", "PNG without a size in its header"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void knownKindIsNamed(String latin1, String kind) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(NoPicture.describe(bytes)).isEqualTo("image of " + bytes.length + " bytes, " + kind + EXPECTED);
    }

    @Test
    void otherBytesHaveNoName() {
        assertThat(NoPicture.describe(new byte[] {1, 2, 3})).isEqualTo("image of 3 bytes" + EXPECTED);
        assertThat(NoPicture.describe(new byte[0])).isEqualTo("image of 0 bytes" + EXPECTED);
    }
}
