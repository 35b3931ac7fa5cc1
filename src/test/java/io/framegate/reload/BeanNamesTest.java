package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BeanNamesTest {

    private static String beans(String... names) {
        StringBuilder yaml = new StringBuilder("- beans:\n");
        for (String name : names) {
            yaml.append("    - name: ").append(name).append("\n      type: java.lang.Object\n");
        }
        return yaml + "- route:\n    from:\n      uri: direct:a\n      steps: []\n";
    }

    private static void check(String first, String second) {
        BeanNames.check(new TreeMap<>(Map.of(Path.of("a.camel.yaml"), first, Path.of("b.camel.yaml"), second)));
    }

    @Test
    void copyThatKeptABeansNameIsRefusedWithBothFiles() {
        assertThatThrownBy(() -> check(beans("one", "two"), beans("three", "two")))
                .hasMessage("bean two: in a.camel.yaml and b.camel.yaml (expected: a name of its own in each)");
    }

    @Test
    void namesOfTheirOwnAreTaken() {
        assertThatCode(() -> check(beans("one"), beans("two"))).doesNotThrowAnyException();
    }

    @Test
    void namesOfHeadersAndWhatIsNoYamlAreNone() {
        String headers = "- route:\n    steps:\n      - setHeaders:\n          headers:\n            - name: one\n";
        assertThatCode(() -> check(beans("one"), headers)).doesNotThrowAnyException();
        assertThatCode(() -> check("- beans: [", "")).doesNotThrowAnyException();
        assertThatCode(() -> check("- beans: none", "a: b")).doesNotThrowAnyException();
    }
}
