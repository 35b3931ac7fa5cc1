package io.framegate.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.settings.NamedValues;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraNamesTest {

    @Test
    void addressesThatAreListedHaveTheirNames() {
        Map<String, String> names =
                NamedValues.cameraNames(" 192.0.2.7=front-door , 2001:db8:0:0:0:0:0:8=yard,192.0.2.9=a=b");
        assertThat(names.get("192.0.2.7")).isEqualTo("front-door");
        assertThat(names.get("2001:db8:0:0:0:0:0:8")).isEqualTo("yard");
        assertThat(names.get("192.0.2.9")).isEqualTo("a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void noneIsNone(String text) {
        assertThat(NamedValues.cameraNames(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.7", "=yard", "192.0.2.7=", "192.0.2.7=a,", ",192.0.2.7=a", "192.0.2.7=a,192.0.2.7=b"})
    void whatIsNoListOfNamesIsRefusedWithTheWrongPart(String text) {
        assertThatThrownBy(() -> NamedValues.cameraNames(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry ");
    }

    @Test
    void zonesAreNamesOrOffsets() {
        assertThat(NamedValues.zones("192.0.2.7=Europe/Berlin, 02:00:5E:10:00:75=+05:30"))
                .containsEntry("192.0.2.7", ZoneId.of("Europe/Berlin"))
                .containsEntry("02:00:5E:10:00:75", ZoneId.of("+05:30"));
        assertThat(NamedValues.zones("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "192.0.2.7=Europe/Nowhere", "192.0.2.7=", "=UTC", "a=UTC,a=UTC"})
    void whatIsNoListOfZonesIsRefusedWithTheWrongPart(String text) {
        assertThatThrownBy(() -> NamedValues.zones(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "type=ping", "Beat", "a=b&c, d&e=f&*"})
    void rulesForKeepalivesAreConditions(String text) {
        assertThat(NamedValues.keepalives(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "=x", "a=", "a&", "a,,b", "a&*&b", "a=b=c"})
    void whatIsNoRuleForKeepalivesIsRefused(String text) {
        assertThatThrownBy(() -> NamedValues.keepalives(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry ");
    }
}
