package io.framegate.tool.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class InitCommandTest {

    @TempDir
    private Path directory = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... options) {
        out.getBuffer().setLength(0);
        CommandLine line = new CommandLine(new InitCommand());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] all = Stream.concat(
                        Stream.of("--config", config() + "", "--routes", routes() + ""), Stream.of(options))
                .toArray(String[]::new);
        return line.execute(all);
    }

    private Path config() {
        return directory.resolve("etc/gateway.properties");
    }

    private Path routes() {
        return directory.resolve("etc/yaml");
    }

    private Path store() {
        return routes().resolve("store.camel.yaml");
    }

    private static Map<String, String> repository() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                texts.put(file.getFileName() + "", Files.readString(file));
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--config", "--routes"})
    void emptyPathIsRefused(String option) {
        CommandLine line = new CommandLine(new InitCommand()).setErr(new PrintWriter(err));
        assertThat(line.execute(option, "")).isEqualTo(2);
        assertThat(err.toString()).contains("'" + option + "'", "empty (expected: a path)");
    }

    @Test
    void shippedFilesAreThoseOfTheRepository() throws IOException {
        assertThat(ShippedFiles.routes()).isEqualTo(repository());
        assertThat(ShippedFiles.properties()).isEqualTo(Files.readString(Path.of("application.properties")));
    }

    @Test
    void everyFileIsWrittenWhereItIsAskedFor() throws IOException {
        assertThat(run()).isZero();
        assertThat(config()).hasContent(ShippedFiles.properties());
        for (Map.Entry<String, String> file : repository().entrySet()) {
            assertThat(Files.readString(routes().resolve(file.getKey()))).isEqualTo(file.getValue());
        }
        assertThat(out.toString().lines())
                .hasSize(repository().size() + 1)
                .allMatch(line -> line.startsWith("written: "));
        assertThat(run("--diff")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void fileThatExistsIsKept() throws IOException {
        Files.createDirectories(routes());
        Files.writeString(store(), "mine");
        Files.createSymbolicLink(config(), directory.resolve("nothing"));
        assertThat(run()).isZero();
        assertThat(store()).hasContent("mine");
        assertThat(directory.resolve("nothing")).doesNotExist();
        assertThat(out.toString()).contains("kept: " + store() + "\n", "kept: " + config() + "\n", "written: ");
    }

    @Test
    void differencesAreThoseThatLeadToThisVersion() throws IOException {
        run();
        Files.writeString(store(), Files.readString(store()).replace("id: store-image\n", "id: store-mine\n"));
        Files.delete(routes().resolve("errors.camel.yaml"));
        Files.writeString(routes().resolve("own.camel.yaml"), "- beans: []\n");
        Path windows = routes().resolve("receive.camel.yaml");
        Files.writeString(windows, Files.readString(windows).replace("\n", "\r\n"));
        assertThat(run("--diff")).isEqualTo(1);
        assertThat(out.toString().lines())
                .contains(
                        "new: " + routes().resolve("errors.camel.yaml"),
                        "--- " + store(),
                        "+++ " + store() + " (framegate.jar)",
                        "-    id: store-mine",
                        "+    id: store-image")
                .noneMatch(line -> line.contains("own.camel.yaml") || line.contains("receive.camel.yaml"));
        assertThat(routes().resolve("errors.camel.yaml")).doesNotExist();
    }

    @Test
    void placeThatCannotBeWrittenOrReadIsAnError() throws IOException {
        Files.createDirectories(directory.resolve("etc"));
        Files.writeString(routes(), "a file");
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains(routes() + "");
        Files.delete(routes());
        Files.createDirectories(store());
        assertThat(run("--diff")).isEqualTo(2);
        assertThat(err.toString()).contains("store.camel.yaml");
    }

    @Test
    void diffOfSameTextsIsEmpty() {
        assertThat(FileDiff.between("f", "a\nb", "a\nb\n")).isEqualTo(List.of());
    }
}
