package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that neither the formatter nor the compiler checks. */
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

    /** Loggers are shared by all tests of a JVM: beside another test, a captured log holds its lines as well. */
    @Test
    void testsThatCaptureALogDoNotRunBesideOthers() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                            .filter(file -> read(file).matches("(?s).*CapturedLog\\.of\\(.*"))
                            .filter(file -> !read(file).matches("(?s).*\n@(Isolated|ResourceLock\\().*")))
                    .isEmpty();
        }
    }

    private static Stream<String> wideComments(Path file) {
        String[] lines = read(file).split("\n", -1);
        return IntStream.range(0, lines.length)
                .filter(at -> lines[at].length() > COLUMNS && lines[at].matches("\\s*(\\*|//|/\\*|# ).*"))
                .mapToObj(at -> file + ":" + (at + 1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
