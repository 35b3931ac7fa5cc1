package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.extend.SecretFileFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

    private static final String SECRET = "p\u00e4ss $1\\ word ";

    @TempDir
    private Path directory = Path.of(".");

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content).toString();
    }

    @Test
    void contentIsAllButTheLastLineBreak() throws IOException {
        assertThat(SecretFile.read(file(SECRET))).isEqualTo(SECRET);
        assertThat(SecretFile.read(file(SECRET + "\n"))).isEqualTo(SECRET);
        assertThat(SecretFile.read(file(SECRET + "\r\n"))).isEqualTo(SECRET);
        assertThat(SecretFile.read(file("\uFEFFtwo\nlines\n\n"))).isEqualTo("two\nlines\n");
        String longest = "x".repeat(SecretFile.MAX_LENGTH);
        assertThat(SecretFile.read(file(longest))).isEqualTo(longest);
    }

    @Test
    void fileThatCannotBeASecretIsNamedAndNotShown() throws IOException {
        assertRefused(directory.resolve("missing") + "", "not found");
        assertRefused(directory + "", "a directory");
        for (String empty : List.of("", "\n", "\r\n")) {
            assertRefused(file(empty), "empty");
        }
        assertRefused(file("s3cret".repeat(20_000)), "longer than 64KB");
        assertRefused(file("s3cret {{x"), "has {{");
        assertRefused(file("s3cret\0x"), "has a NUL");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {'s', '3', (byte) 0xFF});
        assertRefused(binary.toString(), "not UTF-8");
    }

    /** Camel would read it as a property with this default, and the path would be the password. */
    @ParameterizedTest
    @ValueSource(strings = {"{{secretfile:/a}}", "{{secret-files:/a}}", "x{{ Secret_File :/a}}", "{{secret-file}}"})
    void misspeltPlaceholderIsRefused(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("a.properties"), "framegate.web.password=" + text);
        assertThat(Sources.read(file, Map.of(), Map.of()).problems(Catalogue.standard()))
                .extracting(SettingException::getMessage)
                .containsExactly("framegate.web.password: a misspelt placeholder (expected: {{secret-file:/run/x}})");
    }

    private static void assertRefused(String file, String why) {
        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("secret-file " + file + ": " + why)
                .hasMessageNotContaining("s3");
    }

    @Test
    void camelFindsThePlaceholderByItsServiceFile() throws IOException {
        String file = file(SECRET + "\n");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(context.resolvePropertyPlaceholders("a{{secret-file:" + file + "}}z"))
                    .isEqualTo("a" + SECRET + "z");
            assertThat(context.getPropertiesComponent().getPropertiesFunction("secret-file"))
                    .isInstanceOf(SecretFileFunction.class);
            context.getPropertiesComponent().addInitialProperty("one", "{{two}}");
            context.getPropertiesComponent().addInitialProperty("two", "{{secret-file:" + file + "}}");
            assertThat(context.resolvePropertyPlaceholders("{{one}}")).isEqualTo(SECRET);
        }
    }

    private Sources sources(String properties) throws IOException {
        return Sources.read(Files.writeString(directory.resolve("p.properties"), properties), Map.of(), Map.of());
    }

    @Test
    void propertiesThatAreReadBeforeCamelHaveItToo() throws IOException {
        Sources sources = sources("framegate.log.format={{secret-file:" + file("json\n") + "}}\n");
        assertThat(sources.value(WebSettings.LOG_FORMAT)).isEqualTo("json");
        assertThatThrownBy(() ->
                        sources("framegate.log.format={{secret-file:/no/such}}").value(WebSettings.LOG_FORMAT))
                .hasMessageStartingWith("framegate.log.format: secret-file /no/such: not found");
    }

    @Test
    void valueOfAFileIsInNoRefusal() throws IOException {
        Sources sources = sources(
                """
                framegate.camera.port={{my.port}}
                my.port={{secret-file:FILE}}
                framegate.images.name={{secret-file:FILE}}
                framegate.retention.max-age=30x
                """
                        .replace("FILE", file("s3cret").toString()));
        Map<String, String> texts = sources.over(
                Catalogue.standard().defaults(), Catalogue.standard().secrets());
        texts.put("framegate.camera.port", "s3cret");
        texts.put("framegate.images.name", "s3cret");
        UnaryOperator<String> values = texts::get;
        Settings settings = new Settings(Catalogue.standard(), values, sources::comesFromFile);
        List<SettingException> problems = settings.problems((needs, text) -> {
            if (needs == Type.Needs.EXPRESSION) {
                throw new IllegalArgumentException(text + " (expected: not " + text + ")");
            }
        });
        assertThat(problems)
                .extracting(Throwable::getMessage)
                .anyMatch(message ->
                        message.startsWith("framegate.camera.port: not shown, from a secret file (expected: a port"))
                .anyMatch(message -> message.startsWith("framegate.images.name: not shown"))
                .anyMatch(message -> message.startsWith("framegate.retention.max-age: 30x"))
                .noneMatch(message -> message.contains("s3cret"));
    }

    @Test
    void missingFileOfAnyPropertyIsNamedWithTheProperty() throws IOException {
        assertThat(sources("camel.component.ftp.lazy-start-producer={{secret-file:/no/such}}\n")
                        .problems(Catalogue.standard()))
                .extracting(Throwable::getMessage)
                .containsExactly("camel.component.ftp.lazy-start-producer: secret-file /no/such: not found"
                        + " (expected: a file in UTF-8 with the value, that the gateway's user may read)");
    }
}
