package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteProblemTest {

    private static final Path FILE = Path.of("routes", "a.camel.yaml");
    private static final String BEFORE = "- route:\n    id: a\n    from:\n      uri: direct:a\n";

    private static final String ROUTES =
            """
            # The beans, each with a class.
            - beans:
                - name: list
                  type: java.util.ArrayList
                - name: connection
                  type: io.framegate.reload.RouteProblemTest$Connection
                  properties:
                    address: "{{address}}"
                    password: "{{password}}"
            - route:
                id: store
                from:
                  uri: direct:store
                  steps:
                    - setHeader:
                        name: Stored
                        expression:
                          simple:
                            expression: "${body}"
                    - to:
                        uri: file:stored
                        parameters:
                          fileExist: Fail
            """;

    private static final String OTHER =
            """
            - route:
                id: other
                from:
                  uri: direct:other
                  steps:
                    - to:
                        uri: mock:other
            """;

    @TempDir
    private Path directory = Path.of(".");

    /** A bean of a route file. */
    public static final class Connection {
        public void setAddress(String address) {
            if (address.isBlank()) {
                throw new IllegalArgumentException("blank (expected: a host)");
            }
        }

        public void setPassword(int password) {
            assertThat(password).isPositive();
        }
    }

    private @Nullable RouteProblem start(String content) throws IOException {
        Files.writeString(directory.resolve("other.camel.yaml"), OTHER);
        Files.writeString(directory.resolve("store.camel.yaml"), content);
        Throwable failure = catchThrowable(() -> {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getPropertiesComponent().addInitialProperty("address", "host");
                context.getPropertiesComponent().addInitialProperty("password", "12345678");
                List<Resource> files = new ArrayList<>();
                for (String name : List.of("other", "store")) {
                    files.add(
                            ResourceHelper.resolveResource(context, "file:" + directory.resolve(name + ".camel.yaml")));
                }
                PluginHelper.getRoutesLoader(context).loadRoutes(files);
                context.start();
            }
        });
        return failure == null ? null : RouteProblem.atStart(failure, directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            java.util.ArrayList | java.util.ArrayLst | 4: class java.util.ArrayLst: not found (expected: a class on the class path)
            .RouteProblemTest$Connection | .route.Connection | 6: class io.framegate.reload.route.Connection: not found (expected: a class on the class path; replace route files of an earlier version)
            address: "{{address}}" | adress: "{{address}}" | 8: property adress: unknown (expected: a property of io.framegate.reload.RouteProblemTest$Connection)
            address: "{{address}}" | address: " " | 8: property address: blank (expected: a host)
            "{{password}}" | "secret" | 9: property password: not usable
            "{{password}}" | "{{pasword}}" | 9: property pasword: not found (expected: a property of the configuration)
            from: | frm: | 11, column 5: Unsupported field: frm
            - setHeader: | - sentHeader: | 15, column 11: Unknown node id: sentHeader
            ${body} | ${body | 16: expected symbol functionEnd but was eol
            file:stored | fil:stored | 21: component fil: not found (expected: a Camel component on the class path)
            fileExist: Fail | fileExists: Fail | 23: option fileExists: unknown (expected: an option of file:)
            parameters: | parameters: [ | 24, column 1: while parsing a flow sequence
            """)
    void aMistakeIsNamedAtStartWithItsFileAndLine(String right, String wrong, String said) throws IOException {
        assertThat(ROUTES).contains(right);
        assertThat(start(ROUTES.replace(right, wrong))).asString().startsWith("store.camel.yaml, line " + said);
    }

    @Test
    void anIdThatTwoFilesHaveIsNamedOnce() throws IOException {
        start(ROUTES.replace("id: store", "id: other"));
        Exception failure = new FailedToCreateRouteException("Failed to create route because: "
                + "Duplicate route ids detected: other. Please correct ids to be unique among all your routes.");
        assertThat(RouteProblem.atStart(failure, directory))
                .hasToString("store.camel.yaml, line 11: route id: other (expected: not in another file)");
    }

    @Test
    void theLineIsNotOneThatOnlyHasWordsOfTheMessage() {
        assertThat(ProblemLine.in(
                        Map.of("a", "- log: is not found\n- to: fil:x\n"), "component fil: not found (expected: b)"))
                .extracting(ProblemLine::number)
                .isEqualTo(2);
    }

    @Test
    void whatIsRightIsNoProblem() throws IOException {
        assertThat(start(ROUTES)).isNull();
    }

    @Test
    void aFailureThatIsNoRouteFilesIsNone() {
        assertThat(RouteProblem.atStart(new IllegalStateException(new BindException("in use")), directory))
                .isNull();
    }

    @Test
    void aPositionInTheMessageIsUsed() {
        Exception failure =
                new IllegalStateException("outer", new IllegalArgumentException("bad in a.yaml, line 3, column 5: x"));
        assertThat(RouteProblem.ofEdit(failure, FILE, BEFORE, BEFORE).inFile()).startsWith("line 3, column 5: bad");
    }

    @Test
    void ofSeveralPositionsItIsTheProblemsNotTheConstructsAroundIt() {
        Exception failure = new IllegalArgumentException(
                """
                while parsing a block
                 in a.yaml, line 1, column 3:
                    - route:
                      ^
                expected <block end>
                 in a.yaml, line 9, column 5:
                    password: x
                    ^
                """);
        assertThat(RouteProblem.ofEdit(failure, FILE, BEFORE, BEFORE))
                .hasToString("a.camel.yaml, line 9, column 5: while parsing a block; expected <block end>");
    }

    @Test
    void withoutAPositionItIsTheChangedLineThatTheMessageSpeaksOf() {
        String edited = "# mine\n" + BEFORE.replace("id: a", "id: b")
                + "      steps:\n        - process:\n            ref: missing\n";
        Exception failure = new IllegalArgumentException("No bean could be found in the registry for: missing");
        assertThat(RouteProblem.ofEdit(failure, FILE, edited, BEFORE).inFile()).startsWith("line 8: bean missing");
        Exception other = new IllegalArgumentException("something else");
        assertThat(RouteProblem.ofEdit(other, FILE, edited, BEFORE).inFile()).startsWith("line 3: something");
    }

    @Test
    void optionsOfAnEndpointAreNotShown() {
        Exception failure = new IllegalArgumentException(
                "Failed to resolve endpoint: ftp://host?passwrd=RAW(se cret)&port=x due to: bad port");
        assertThat(RouteProblem.ofEdit(failure, FILE, BEFORE, BEFORE).reason())
                .isEqualTo("Failed to resolve endpoint: ftp://host due to: bad port");
    }

    @Test
    void itIsOneLineWhateverTheMessage() {
        Exception failure = new IllegalArgumentException("a\n  b\r\nc" + "x".repeat(1000));
        assertThat(RouteProblem.ofEdit(failure, FILE, BEFORE, BEFORE).reason())
                .doesNotContain("\n")
                .startsWith("a b c")
                .hasSizeLessThan(450);
    }
}
