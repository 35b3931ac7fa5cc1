package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

    @Test
    void aGivenNameIsTakenAsItIs() {
        assertThat(NodeName.of("hall-3.example_1")).isEqualTo("hall-3.example_1");
        assertThat(NodeName.of("a".repeat(63))).hasSize(63);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "hall 3", "-hall", ".hall", "hall/3", "h\u00e4ll", "a\nb", "..", "a\"b"})
    void aNameThatIsNotSafeIsRefused(String name) {
        assertThatThrownBy(() -> NodeName.of(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(NodeName.orHost(name)).isEqualTo(NodeName.of(""));
    }

    @Test
    void aNameIsRefusedFromTheSixtyFourthCharacter() {
        assertThatThrownBy(() -> NodeName.of("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "HOSTNAME,gate-7.site.example,gate-7.site.example",
        "HOSTNAME,-gate 7,gate_7",
        "COMPUTERNAME,GATE7,GATE7",
    })
    void theHostsNameIsThatOfTheEnvironment(String variable, String value, String expected) {
        assertThat(NodeName.host(Map.of(variable, value))).isEqualTo(expected);
    }

    @Test
    void aHostWithoutThatHasANameAllTheSame() {
        assertThat(NodeName.host(Map.of("HOSTNAME", " "))).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
        assertThat(NodeName.of("")).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
        assertThat(NodeName.safe("x".repeat(200))).hasSize(63);
    }
}
