package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"0,0", "4096,4096", "256KB,262144", "16 MB,16777216", "1gb,1073741824", "7B,7"})
    void sizesAreReadAsOperatorsWriteThem(String size, long bytes) {
        assertThat(ByteSize.parse(size)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "+5MB", "1.5MB", "16QB", "1e9", "١٦MB", "99999999999999"})
    void whatIsNoSizeIsRefusedWithAnExample(String size) {
        assertThatThrownBy(() -> ByteSize.parse(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16MB");
    }

    @Test
    void partsAreOfTheWhole() {
        assertThat(ByteSize.parseOrPartOf("25%", 1000)).isEqualTo(250);
        assertThat(ByteSize.parseOrPartOf("100%", 1000)).isEqualTo(1000);
        assertThat(ByteSize.parseOrPartOf("3KB", 1000)).isEqualTo(3072);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0%", "101%", "%", "-5%", "x%"})
    void whatIsNoPartIsRefused(String part) {
        assertThatThrownBy(() -> ByteSize.parseOrPartOf(part, 1000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatMustFitIntoAnArrayHasItsOwnBounds() {
        assertThatThrownBy(() -> ByteSize.parseInt("2GB")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteSize.parseInt("0")).isInstanceOf(IllegalArgumentException.class);
        assertThat(ByteSize.parseInt("1GB")).isEqualTo(1 << 30);
    }
}
