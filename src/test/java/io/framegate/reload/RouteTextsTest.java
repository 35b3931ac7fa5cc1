package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTextsTest {

    private static final String ARCHIVE =
            """
            # A second S3 target.
            - templatedRoute:
                routeTemplateRef: deliver-s3
                routeId: deliver-to-archive
                parameters:
                  - name: target
                    value: archive
            - templatedRoute: {routeTemplateRef: deliver-ftp, parameters: [{name: target, value: "press"}]}
            - templatedRoute:
                routeTemplateRef: my-own
                parameters:
                  - name: target
                    value: other
            """;

    private static RouteTexts of(String... texts) {
        Map<Path, String> files = new HashMap<>();
        for (String text : texts) {
            files.put(Path.of(files.size() + ".camel.yaml"), text);
        }
        return new RouteTexts(files);
    }

    @Test
    void targetsOfTemplatesHaveTheTemplatesKind() {
        assertThat(of(ARCHIVE).targets()).isEqualTo(Map.of("archive", "s3", "press", "ftp"));
    }

    @Test
    void propertiesAreThoseOfAllPlaceholders() {
        assertThat(of("uri: a:{{framegate.a.b}}?{{?framegate.c-d}}", "x: '{{framegate.e:default}}{{other.f}}'")
                        .properties())
                .containsExactly("framegate.a.b", "framegate.c-d", "framegate.e");
    }

    @Test
    void propertiesOfATemplateAreThoseOfItsTargets() {
        assertThat(of(ARCHIVE, "uri: b:{{framegate.deliver.{{target}}.chat}}").properties())
                .containsExactly("framegate.deliver.archive.chat", "framegate.deliver.press.chat");
    }

    @Test
    void brokenFileHasNoTargets() {
        assertThat(of("- templatedRoute: [\n").targets()).isEmpty();
    }

    @Test
    void missingDirectoryHasNoFiles(@TempDir Path directory) throws IOException {
        assertThat(RouteTexts.read(directory.resolve("routes")).files()).isEmpty();
    }
}
