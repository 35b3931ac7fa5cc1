package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit that has no effect, and a door beside the guarded one, are said before somebody finds out. */
class SettingWarningsTest {

    private static final long HEAP = 256 << 20;

    private final Catalogue catalogue =
            Catalogue.of(Map.of(), Set.of("framegate.camera.port", "framegate.frames.port"), Set.of());
    private final Map<String, String> values = catalogue.defaults();

    private ListAssert<String> assertWarnings(Catalogue with) {
        return assertThat(SettingWarnings.of(new Settings(with, values::get), HEAP).stream()
                .map(SettingWarning::toString)
                .toList());
    }

    @Test
    void defaultsHaveNoWarning() {
        assertWarnings(catalogue).isEmpty();
    }

    @Test
    void limitOfAPeerAboveThatOfAllIsSaid() {
        values.put("framegate.intake.max-connections", "1000");
        assertWarnings(catalogue).isEmpty();
        values.put("framegate.intake.max-connections", "500");
        assertWarnings(catalogue)
                .containsExactly("framegate.intake.max-connections-per-peer: 1000 (expected: at most"
                        + " framegate.intake.max-connections, 500; one address can take all connections)");
    }

    @Test
    void memoryOfAPeerAboveThatOfAllIsSaid() {
        values.put("framegate.intake.memory", "25%");
        values.put("framegate.intake.memory-per-peer", "63MB");
        assertWarnings(catalogue).isEmpty();
        values.put("framegate.intake.memory-per-peer", "65MB");
        assertWarnings(catalogue)
                .containsExactly("framegate.intake.memory-per-peer: 65MB (expected: at most framegate.intake.memory,"
                        + " 63 MB; one address can take all memory)");
    }

    @ParameterizedTest
    @CsvSource({"100%", "81%", "1GB", "250MB"})
    void memoryThatLeavesNoHeapIsSaid(String memory) {
        values.put("framegate.intake.memory", memory);
        assertWarnings(catalogue)
                .containsExactly("framegate.intake.memory: " + memory
                        + " (expected: at most 80% of the heap, which has 256 MB; -Xmx makes it larger)");
        values.put("framegate.intake.memory", "80%");
        assertWarnings(catalogue).isEmpty();
    }

    @Test
    void secondListenerWithoutTheGuardsOfTheFirstIsSaidInOneLine() {
        values.put("framegate.camera.allow", "10.0.0.0/8");
        values.put("framegate.camera.tls.certificate", "gateway.pem");
        assertWarnings(catalogue)
                .containsExactly("framegate.frames.port: 8080 takes the same packets, without the access rules of"
                        + " framegate.camera (expected: framegate.frames.tls.certificate, framegate.frames.allow too,"
                        + " or no route that listens on it)");
        values.put("framegate.frames.tls.certificate", "gateway.pem");
        assertWarnings(catalogue).singleElement().asString().contains("(expected: framegate.frames.allow too");
        values.put("framegate.frames.allow", "10.0.0.0/8");
        assertWarnings(catalogue).isEmpty();
    }

    @Test
    void listenerThatNoRouteHasNeedsNoGuard() {
        values.put("framegate.camera.allow", "10.0.0.0/8");
        assertWarnings(Catalogue.of(Map.of(), Set.of("framegate.camera.port"), Set.of()))
                .isEmpty();
    }
}
