package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the documentation say what the catalogue says. A failure shows the right table, to be pasted. */
class DocumentationTest {

    private static final Path DOCS = Path.of("src/docs");

    @Test
    void tablesAreThoseOfTheCatalogue() throws IOException {
        Map<Path, List<List<Setting<?>>>> tables = new TreeMap<>();
        tables.put(
                DOCS.resolve("properties.md"),
                Stream.of(
                                IntakeSettings.GROUP,
                                StoreSettings.GROUP,
                                TransformSettings.GROUP,
                                DiskSettings.GROUP,
                                WebSettings.GROUP)
                        .map(Group::settings)
                        .toList());
        tables.put(DOCS.resolve("security.md"), List.of(ListenerSettings.GROUP.settings()));
        tables.put(DOCS.resolve("tracing.md"), List.of(TracingSettings.GROUP.settings()));
        tables.put(DOCS.resolve("workers.md"), List.of(WorkerSettings.GROUP.settings()));
        List<List<Setting<?>>> targets =
                new ArrayList<>(List.of(DeliverSettings.GROUP.settings(), DeliverSettings.COMMON));
        new TreeMap<>(TargetKind.ALL)
                .forEach((name, kind) -> targets.add(kind.settings().stream()
                        .<Setting<?>>map(setting -> setting.of(name))
                        .toList()));
        tables.put(DOCS.resolve("targets.md"), targets);
        for (Map.Entry<Path, List<List<Setting<?>>>> file : tables.entrySet()) {
            String text = Files.readString(file.getKey());
            for (List<Setting<?>> table : file.getValue()) {
                assertThat(text.contains(table(table)))
                        .withFailMessage("%s (expected):%n%s", file.getKey(), table(table))
                        .isTrue();
            }
        }
    }

    @Test
    void rowsOfTheReadmeAreThoseOfTheCatalogue() throws IOException {
        Set<String> rows = Catalogue.standard().settings().stream()
                .map(DocumentationTest::row)
                .collect(Collectors.toSet());
        assertThat(Files.readAllLines(Path.of("README.md")))
                .filteredOn(line -> line.startsWith("| `framegate."))
                .filteredOn(line ->
                        !line.contains("<target>") && !line.startsWith("| `framegate.durability` | the gateway"))
                .isNotEmpty()
                .isSubsetOf(rows);
    }

    @Test
    void everyPropertyIsInATable() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : List.of("properties.md", "security.md", "targets.md", "tracing.md", "workers.md")) {
            all.append(Files.readString(DOCS.resolve(file)));
        }
        assertThat(Catalogue.standard().settings())
                .filteredOn(setting -> DeliverSettings.COMMON.stream().noneMatch(common -> setting.name()
                        .matches(common.name().replace("<target>", "\\w+"))))
                .allSatisfy(setting -> assertThat(all).contains(row(setting)));
    }

    @Test
    void shippedFileNamesThePropertiesWithTheirDefaults() throws IOException {
        Map<String, String> defaults = Catalogue.standard().defaults();
        List<String> named = Files.readAllLines(Path.of("application.properties")).stream()
                .filter(line -> line.startsWith("#framegate."))
                .toList();
        assertThat(named).hasSize(10).allSatisfy(line -> {
            String[] pair = line.substring(1).split("=", 2);
            assertThat(defaults).containsEntry(pair[0], pair[1]);
        });
    }

    private static String table(List<Setting<?>> settings) {
        return "| property | default | value | meaning |\n|---|---|---|---|\n"
                + settings.stream().map(DocumentationTest::row).collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(Setting<?> setting) {
        String standard = setting.standard().isEmpty() ? "none" : "`" + setting.standard() + "`";
        return "| `" + setting.name() + "` | " + standard + " | "
                + setting.type().expected() + " | " + setting.meaning() + " |";
    }
}
