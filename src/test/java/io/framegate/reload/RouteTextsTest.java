package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- beans:~    - type: a.B~      name: a|- beans:~    # mine~    - name: 'a'~      type: a.C"
                        + "|1.camel.yaml, line 3: bean a: also in 0.camel.yaml, line 3 (expected: once)",
                "- route:~    id: a~    from:~      uri: direct:a|- templatedRoute:~    routeTemplateRef: t~    routeId: a"
                        + "|1.camel.yaml, line 3: route a: also in 0.camel.yaml, line 2 (expected: once)",
                "- routeTemplate:~    id: t|- routeTemplate:~    id: t"
                        + "|1.camel.yaml, line 2: template t: also in 0.camel.yaml, line 2 (expected: once)",
                "- routeConfiguration:~    id: some|- route:~    routeConfigurationId: none~    id: a"
                        + "|1.camel.yaml, line 2: routeConfigurationId none: not found"
                        + " (expected: the id of a routeConfiguration)",
                "- beans:|hello|1.camel.yaml, line 1: no list (expected: entries like - route: or - beans:)",
                "- beans:|route:~  id: a|1.camel.yaml, line 1: no list (expected: entries like - route: or - beans:)",
            })
    void mistakeThatCamelDoesNotNameIsOne(String first, String second, String problem) {
        assertThat(of(first.replace('~', '\n'), second.replace('~', '\n')).problems())
                .extracting(RouteProblem::toString)
                .containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- route:~    routeConfigurationId: some, oth*~    id: a~- routeConfiguration:~    id: other~"
                        + "- routeConfiguration:~    id: some",
                "- route:~    routeConfigurationId: '{{mine}}'~    id: a",
                "- route:~    id: a~    from:~      uri: direct:a~      steps:~        - to:~            id: a",
                "- beans:~    - name: a~      properties:~        name: a~- route:~    id: a",
                "- routeTemplate:~    id: t~    beans:~      - name: a~- beans:~    - name: a",
                "",
                "# nothing",
                "- [",
                "apiVersion: camel.apache.org/v1~kind: Integration",
            })
    void whatCamelAcceptsOrNamesIsNone(String text) {
        assertThat(of(text.replace('~', '\n')).problems()).isEmpty();
    }

    @Test
    void shippedFilesHaveNoProblem() throws IOException {
        assertThat(RouteTexts.read(Path.of("routes")).problems()).isEmpty();
    }

    @Test
    void brokenFileHasNoTargets() {
        assertThat(of("- templatedRoute: [\n").targets()).isEmpty();
    }
}
