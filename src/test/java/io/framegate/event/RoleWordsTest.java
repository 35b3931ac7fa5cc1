package io.framegate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleWordsTest {

    @Test
    void documentationListsTheWordsInTheirOrder() throws IOException {
        String page = Files.readString(Path.of("src/docs/formats.md"));
        String table = page.substring(page.indexOf("\n| role | words |"), page.indexOf("The first image without such"));
        List<String> rows =
                table.lines().filter(line -> line.matches("\\| [a-z]+ \\| `.*")).toList();
        assertThat(rows).hasSize(RoleWords.values().length);
        Iterator<String> documentedRows = rows.iterator();
        for (RoleWords row : RoleWords.values()) {
            String documented = documentedRows.next();
            assertThat(documented).startsWith("| " + row.role().tag() + " |");
            assertThat(row.words()).allSatisfy(word -> assertThat(documented).contains("`" + word + "`"));
        }
        Stream.of("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14")
                .forEach(type -> {
                    Role role = RoleWords.ofPictureType(type);
                    assertThat(role).isNotNull();
                    assertThat(rows)
                            .anyMatch(line -> line.contains("Type")
                                    && line.contains(type)
                                    && role != null
                                    && line.startsWith("| " + role.tag() + " |"));
                });
    }
}
