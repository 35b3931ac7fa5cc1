package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"02:00:5E:AB:CD:EF", "02:00:5e:ab:cd:ef", "02-00-5e-AB-cd-ef", "02005eabcdef"})
    void everySpellingBecomesTheSame(String text) {
        assertThat(MacAddress.normalised(text)).isEqualTo("02:00:5E:AB:CD:EF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../x",
                "02:00:5E:AB:CD:E",
                "02:00:5E:AB:CD:EG",
                "02:00:5E:AB-CD-EF",
                "02/00/5E/AB/CD/EF",
                "02:00:5E:AB:CD:EF:00",
                "02:00:5E:AB:CD:\uff11\uff11",
                "0\u0662005eabcdef",
                ":02:00:5E:AB:CD:E",
                "00:00:00:00:00:00",
            })
    void anythingElseIsNone(String text) {
        assertThat(MacAddress.normalised(text)).isNull();
    }
}
