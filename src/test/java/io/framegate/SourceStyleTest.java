package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formatter wraps code and leaves comments alone. */
class SourceStyleTest {

    private static final int COLUMNS = 120;

    @ParameterizedTest
    @ValueSource(strings = {"src/main", "src/test/java", "routes"})
    void commentsFitIn120Columns(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(java|yaml|js|css)"))
                            .flatMap(SourceStyleTest::wideComments))
                    .isEmpty();
        }
    }

    private static Stream<String> wideComments(Path file) {
        String[] lines;
        try {
            lines = Files.readString(file).split("\n", -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return IntStream.range(0, lines.length)
                .filter(at -> lines[at].length() > COLUMNS && lines[at].matches("\\s*(\\*|//|/\\*|# ).*"))
                .mapToObj(at -> file + ":" + (at + 1));
    }
}
