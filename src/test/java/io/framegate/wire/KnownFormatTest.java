package io.framegate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KnownFormatTest {

    @Test
    void documentationListsTheFormatsInTheOrderOfTheirDetection() throws IOException {
        String page = Files.readString(Path.of("src/docs/formats.md"));
        page = page.substring(0, page.indexOf("\n## "));
        List<String> documented = Pattern.compile("(?m)^\\| `(\\w+)` \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(documented).isEqualTo(KnownFormat.names());
    }

    @Test
    void readmeNamesEveryFormat() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("\n## Wire formats\n"), readme.indexOf("\n## Routes"));
        assertThat(KnownFormat.names()).allSatisfy(name -> assertThat(section).containsIgnoringCase(name));
    }

    @Test
    void formatsWithoutAnAnswerAreAllButHttp() {
        for (WireFormat format : KnownFormat.createAll(PacketLimits.DEFAULT, null)) {
            assertThat(format.isAnswered())
                    .isEqualTo(format.getClass().getSimpleName().equals("HttpFormat"));
        }
    }
}
