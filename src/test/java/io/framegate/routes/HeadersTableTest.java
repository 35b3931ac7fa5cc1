package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeadersTableTest {

    @Test
    void tableHasExactlyTheHeadersThatExist() throws IOException {
        String firstColumns = Files.readAllLines(Path.of("src/docs/routes.md")).stream()
                .filter(line -> line.startsWith("| `Framegate"))
                .map(line -> line.split("\\|", -1)[1])
                .collect(Collectors.joining());
        assertThat(Pattern.compile("Framegate\\w+")
                        .matcher(firstColumns)
                        .results()
                        .map(MatchResult::group))
                .containsExactlyInAnyOrderElementsOf(FramegateHeaders.NAMES);
    }
}
