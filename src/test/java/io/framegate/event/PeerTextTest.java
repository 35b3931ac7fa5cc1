package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "|plain|, |plain|",
                "|  a b  |, |a b|",
                "|\r\n a\tb\n|, |a b|",
                "|a\r\nb|, |a  b|",
                "|a\u2028b|, |a b|",
                "|\u0000a\u001b[0m\u007f\u0085|, |a[0m|",
                "|a\u202eb\u2066c\ufeff|, |abc|",
                "|a\ud800b|, |ab|",
                "|\u06cc\u200c\u0647|, |\u06cc\u200c\u0647|",
            })
    void textIsOneHarmlessLine(String text, String expected) {
        assertThat(PeerText.clean(text)).isEqualTo(expected);
    }

    @Test
    void cutDoesNotSplitACharacter() {
        String face = "\ud83d\ude00";

        assertThat(PeerText.clean("a" + face.repeat(200))).hasSize(255).endsWith(face);
        assertThat(PeerText.clean(" ".repeat(1000) + "a".repeat(300))).hasSize(256);
    }
}
