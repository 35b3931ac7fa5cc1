package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

    /**
     * Their defaults hold still, if no variable of OpenTelemetry says otherwise, and on a machine with no more than
     * four processors.
     */
    private static final Set<String> EMPTY_SINCE = Set.of(
            "framegate.intake.threads",
            "framegate.tracing.endpoint",
            "framegate.tracing.sample",
            "framegate.tracing.service");

    @TempDir
    private Path directory = Path.of(".");

    private Sources read(String text, Map<String, String> variables, Map<String, String> system) throws IOException {
        return Sources.read(Files.writeString(directory.resolve("application.properties"), text), variables, system);
    }

    private Sources read(String text) throws IOException {
        return read(text, Map.of(), Map.of());
    }

    @Test
    void minusDOverridesVariableOverridesFile() throws IOException {
        String name = "framegate.camera.port";
        String file = name + "=1";
        Map<String, String> variable = Map.of("FRAMEGATE_CAMERA_PORT", "2");
        assertThat(read(file).value(IntakeSettings.CAMERA_PORT)).isEqualTo("1");
        assertThat(read(file, variable, Map.of()).value(IntakeSettings.CAMERA_PORT))
                .isEqualTo("2");
        assertThat(read(file, variable, Map.of(name, "3")).value(IntakeSettings.CAMERA_PORT))
                .isEqualTo("3");
        assertThat(read("").value(IntakeSettings.CAMERA_PORT)).isEqualTo("18000");
    }

    @Test
    void fileIsReadAsUtf8AndMayHaveEscapes() throws IOException {
        Map<String, String> all = read("\uFEFFframegate.camera.host=\u00dcber\nframegate.web.host=\\u00dcber")
                .over(Catalogue.standard().defaults(), Catalogue.standard().secrets());
        assertThat(all)
                .containsEntry("framegate.camera.host", "\u00dcber")
                .containsEntry("framegate.web.host", "\u00dcber");
    }

    @Test
    void fileOfAnotherEncodingIsRefusedWithTheLine() throws IOException {
        Path file = Files.write(
                directory.resolve("latin1.properties"), "a=b\nc=\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Sources.read(file, Map.of(), Map.of()))
                .hasMessage(file + ":2: not UTF-8 (expected: UTF-8; \\u00dc works too)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "a = b \n! comment\\\n#another\n\n  c:d",
                "long=one,\\\n    two,\\\n    three\nnext=x\\\\\nlast=y",
                "key\\ with\\=all=v\\u00e4lue\nempty\nempty2=",
                "a=1\r\nc=2\rb=3",
                "odd=\\\\\\\n  x",
                "end=of file\\",
            })
    void fileIsReadAsJavaReadsIt(String text) throws IOException {
        Properties expected = new Properties();
        expected.load(new StringReader(text));
        Sources sources = read(text);
        for (String name : expected.stringPropertyNames()) {
            assertThat(sources.value(name)).contains(expected.getProperty(name).stripTrailing());
        }
        assertThat(sources.size()).isEqualTo(expected.size());
    }

    @Test
    void placeIsTheLineOfTheName() throws IOException {
        Sources sources = read("# x\n\na=b,\\\n c\nd=e", Map.of("F_G", "h"), Map.of("i", "j"));
        assertThat(sources.place("a")).endsWith("application.properties:3");
        assertThat(sources.place("d")).endsWith("application.properties:5");
        assertThat(sources.place("f.g")).isEqualTo("environment");
        assertThat(sources.place("i")).isEqualTo("-D");
        assertThat(sources.place("k")).isEmpty();
    }

    @Test
    void blanksAtTheEndOfALineAreNoPartOfAValueButOfASecret() throws IOException {
        Map<String, String> all = read("framegate.camera.port=1 \nframegate.web.password=a ")
                .over(Catalogue.standard().defaults(), Catalogue.standard().secrets());
        assertThat(all).containsEntry("framegate.camera.port", "1").containsEntry("framegate.web.password", "a ");
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.camera.prot, framegate.camera.port",
        "framegate.camera.Port, framegate.camera.port",
        "framegate.intake.max_connections, framegate.intake.max-connections",
        "framegate.deliver.s3.buket, framegate.deliver.s3.bucket",
        "framegate.durable, framegate.durability",
        "framegat.camera.port, framegate.camera.port",
        "framgeate.camera.port, framegate.camera.port",
        "Framegate.camera.port, framegate.camera.port",
        "framegate.foo, a property of src/docs/properties.md or of a route file",
        "framegate.jpeg, a property of src/docs/properties.md or of a route file",
    })
    void unknownNameIsRefusedWithTheNearestOne(String name, String nearest) throws IOException {
        assertThat(read(name + "=1").problems(Catalogue.standard()))
                .singleElement()
                .asString()
                .endsWith(name + ": unknown (expected: " + nearest + ")");
        assertThat(read("", Map.of(), Map.of(name, "1")).problems(Catalogue.standard()))
                .hasSize(1);
    }

    @Test
    void nameThatIsThereTwiceIsRefusedWithBothLines() throws IOException {
        assertThat(read("camel.main.name=a\n\nb=c\ncamel.main.name=a\n").problems(Catalogue.standard()))
                .singleElement()
                .asString()
                .endsWith("camel.main.name: in line 1 and in line 4 (expected: once)");
    }

    @Test
    void escapeWithoutFourDigitsIsRefusedWithTheLine() {
        assertThatThrownBy(() -> read("a=b\nc=C:\\users\n"))
                .hasNoCause()
                .hasMessageEndingWith("application.properties:2: \\u without four hexadecimal digits"
                        + " (expected: \\u00fc, or the letter itself; \\\\ for a backslash)");
    }

    @Test
    void unknownVariableIsRefusedWithTheNearestOne() throws IOException {
        assertThat(read("", Map.of("FRAMEGATE_CAMERA_PROT", "1"), Map.of()).problems(Catalogue.standard()))
                .singleElement()
                .asString()
                .endsWith("FRAMEGATE_CAMERA_PROT: unknown (expected: FRAMEGATE_CAMERA_PORT)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FRAMEGATE_CONFIG",
                "FRAMEGATE_ROUTES",
                "FRAMEGATE_DATA",
                "FRAMEGATE_CAMERA_PORT",
                "FRAMEGATE_INTAKE_MAX_FRAME_LENGTH",
                "FRAMEGATE_SERVICE_HOST",
                "FRAMEGATE_SERVICE_PORT_CAMERA",
                "FRAMEGATE_PORT",
                "FRAMEGATE_PORT_18000_TCP_ADDR",
                "FRAMEGATE_WALL_SERVICE_PORT",
            })
    void variablesOfOthersAreLeftAlone(String variable) throws IOException {
        assertThat(read("", Map.of(variable, "tcp://10.0.0.1:80"), Map.of()).problems(Catalogue.standard()))
                .isEmpty();
    }

    @Test
    void nameThatARouteFileUsesExists() throws IOException {
        Catalogue catalogue = Catalogue.of(Map.of(), Set.of("framegate.mine.directory"), Set.of());
        assertThat(read("framegate.mine.directory=x").problems(catalogue)).isEmpty();
    }

    @Test
    void otherNamesAreNoneOfTheGatewaysConcern() throws IOException {
        assertThat(read("camel.main.name=x\nmine=y").problems(Catalogue.standard()))
                .isEmpty();
    }

    @Test
    void propertiesFileOfAnEarlierVersionIsValid() throws IOException {
        Sources earlier =
                Sources.read(Path.of("src/test/resources/settings/every-property.properties"), Map.of(), Map.of());
        Catalogue catalogue = Catalogue.standard();
        assertThat(earlier.problems(catalogue)).isEmpty();
        for (Setting<?> setting : catalogue.settings()) {
            boolean known = !earlier.value(setting.name()).isEmpty();
            boolean changed = setting.name().matches(".*\\.sidecar|framegate\\.deliver\\..*\\.name");
            if (known && !changed && !EMPTY_SINCE.contains(setting.name())) {
                assertThat(earlier.value(setting.name())).as(setting.name()).contains(setting.standard());
            }
        }
    }
}
