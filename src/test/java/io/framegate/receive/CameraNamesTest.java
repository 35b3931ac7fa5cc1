package io.framegate.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraNamesTest {

    @Test
    void addressesThatAreListedHaveTheirNamesAndOthersTheirAddress() {
        CameraNames names = CameraNames.parse(" 192.0.2.7=front-door , 2001:db8:0:0:0:0:0:8=yard,192.0.2.9=a=b");
        assertThat(names.of("192.0.2.7")).isEqualTo("front-door");
        assertThat(names.of("2001:db8:0:0:0:0:0:8")).isEqualTo("yard");
        assertThat(names.of("192.0.2.9")).isEqualTo("a=b");
        assertThat(names.of("192.0.2.70")).isEqualTo("192.0.2.70");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void noneIsNone(String text) {
        assertThat(CameraNames.parse(text).of("192.0.2.7")).isEqualTo("192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.7", "=yard", "192.0.2.7=", "192.0.2.7=a,", ",192.0.2.7=a", "192.0.2.7=a,192.0.2.7=b"})
    void whatIsNoListOfNamesIsRefusedWithTheWrongPart(String text) {
        assertThatThrownBy(() -> CameraNames.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry ");
    }
}
