package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;
import static org.awaitility.Awaitility.await;

import io.framegate.intake.InFlight;
import io.framegate.routes.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("io.framegate.routes")
class RouteReloadTest {

    @TempDir
    private Path directory = Path.of(".");

    private final InFlight inFlight = new InFlight(1_000_000);
    private final CamelContext context = new DefaultCamelContext();
    private final RefusedRoutes refused = new RefusedRoutes();
    private RouteReload reload = new RouteReload(context, directory, inFlight, refused);

    private static String route(String id, String uri, String answer) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + uri
                + "\n      steps:\n        - setBody:\n            constant: " + answer + "\n";
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private void answers(String uri, String answer) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(context.createProducerTemplate().requestBody(uri, "", String.class))
                        .isEqualTo(answer));
    }

    @BeforeEach
    void start() throws Exception {
        Path first = write("first.camel.yaml", route("a", "direct:a", "one"));
        reload = new RouteReload(context, directory, inFlight, refused);
        reload.beforeLoading();
        context.start();
        PluginHelper.getRoutesLoader(context)
                .updateRoutes(java.util.List.of(ResourceHelper.fromString("file:" + first, Files.readString(first))));
        reload.start(Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        reload.close();
        context.stop();
    }

    @Test
    void aChangedFileTakesEffect() throws IOException {
        answers("direct:a", "one");
        write("first.camel.yaml", route("a", "direct:a", "two"));
        answers("direct:a", "two");
    }

    @Test
    void aNewFilesRoutesRunAndADeletedFilesRoutesAreGone() throws IOException {
        Path second = write("second.camel.yaml", route("b", "direct:b", "b"));
        await().atMost(Duration.ofSeconds(10)).until(() -> context.getRoute("b") != null);
        answers("direct:b", "b");
        Files.delete(second);
        await().atMost(Duration.ofSeconds(10)).until(() -> context.getRoute("b") == null);
        answers("direct:a", "one");
    }

    @Test
    void aRouteThatLeftItsFileIsGone() throws IOException {
        write("first.camel.yaml", route("renamed", "direct:a", "two"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> context.getRoute("a") == null && context.getRoute("renamed") != null);
        answers("direct:a", "two");
    }

    @Test
    void aBrokenEditChangesNothingAndAMendedOneTakesEffect() throws IOException {
        try (CapturedLog log = CapturedLog.of("io.framegate.routes")) {
            write("first.camel.yaml", "- route:\n    id: a\n    from:\n      urx: direct:a\n");
            await().atMost(Duration.ofSeconds(10)).until(() -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("refused")
                    .contains("first.camel.yaml")
                    .contains("line");
        }
        answers("direct:a", "one");
        write("first.camel.yaml", route("a", "direct:a", "three"));
        answers("direct:a", "three");
    }

    @Test
    void anIdOfAnotherFileAndARouteWithoutOneAreRefused() throws IOException {
        try (CapturedLog log = CapturedLog.of("io.framegate.routes")) {
            write("second.camel.yaml", route("a", "direct:b", "b"));
            write("third.camel.yaml", "- from:\n    uri: direct:c\n    steps:\n      - to: direct:a\n");
            await().atMost(Duration.ofSeconds(10)).until(() -> log.lines().size() == 2);
            assertThat(log.lines()).allMatch(line -> line.contains("refused"));
        }
        assertThat(context.getRoutes()).hasSize(1);
    }

    private void refuses(String... problems) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(refused.problems())
                .extracting(RouteProblem::toString)
                .containsExactly(problems));
    }

    @Test
    void aFileIsRefusedUntilItIsMendedOrDeleted() throws IOException {
        write("first.camel.yaml", route("a", "direct:a", "two").replace("setBody", "sentBody"));
        refuses("first.camel.yaml, line 6, column 11: Unknown node id: sentBody");
        Path second = write("second.camel.yaml", route("b", "nowhere:b", "b"));
        refuses(
                "first.camel.yaml, line 6, column 11: Unknown node id: sentBody",
                "second.camel.yaml, line 4: component nowhere: not found"
                        + " (expected: a Camel component on the class path)");
        write("first.camel.yaml", route("a", "direct:a", "one"));
        refuses("second.camel.yaml, line 4: component nowhere: not found"
                + " (expected: a Camel component on the class path)");
        Files.delete(second);
        refuses();
        answers("direct:a", "one");
    }

    @Test
    void routesOfADirectoryThatIsGoneKeepRunningAndAreReadWhenItIsBack(@TempDir Path elsewhere) throws IOException {
        Path moved = elsewhere.resolve("routes");
        try (CapturedLog log = CapturedLog.of("io.framegate.routes")) {
            Files.move(directory, moved);
            refuses(directory.getFileName() + ": not found");
            answers("direct:a", "one");
            Files.writeString(moved.resolve("first.camel.yaml"), route("a", "direct:a", "two"));
            Files.move(moved, directory);
            answers("direct:a", "two");
            refuses();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("can"))
                    .hasSize(2)
                    .satisfies(line -> assertThat(line).contains("ERROR routes cannot be read"), atIndex(0))
                    .satisfies(line -> assertThat(line).contains("INFO routes can be read again"), atIndex(1));
        }
    }

    @Test
    void aFileThatLackedAnotherFilesRouteIsTakenWhenThatRouteIsThere() throws IOException {
        String calling = route("b", "direct:b", "b").replace("setBody:\n            constant: b", "to: direct:crops");
        write("second.camel.yaml", calling);
        refuses("second.camel.yaml, line 6: direct://crops (expected: a route that reads from it)");
        write("third.camel.yaml", route("c", "direct:crops", "c"));
        refuses();
        answers("direct:b", "c");
    }

    @Test
    void aBeanOfAnotherFileIsRefusedUntilTheOtherFileGivesItUp() throws IOException {
        String bean = "- beans:\n    - name: own\n      type: java.lang.Object\n";
        write("first.camel.yaml", bean + route("a", "direct:a", "two"));
        answers("direct:a", "two");
        write("second.camel.yaml", bean + route("b", "direct:b", "b"));
        refuses("second.camel.yaml, line 2: bean own: also in first.camel.yaml, line 2 (expected: once)");
        write("first.camel.yaml", route("a", "direct:a", "three"));
        refuses();
        answers("direct:b", "b");
    }

    @Test
    void aRouteConfigurationAndItsRouteMayBeRenamedAtOnce() throws IOException {
        String policy = "- routeConfiguration:\n    id: mine\n    onException: []\n";
        String used = route("b", "direct:b", "b").replace("id: b", "id: b\n    routeConfigurationId: mine");
        Files.writeString(directory.resolve("zeroth.camel.yaml"), policy);
        write("second.camel.yaml", used);
        answers("direct:b", "b");
        write("zeroth.camel.yaml", policy.replace("mine", "yours"));
        refuses("second.camel.yaml, line 3: routeConfigurationId mine: not found"
                + " (expected: the id of a routeConfiguration)");
        write("second.camel.yaml", used.replace("mine", "yours").replace("constant: b", "constant: c"));
        refuses();
        answers("direct:b", "c");
    }

    @Test
    void aClassThatIsNotThereIsNamedWithItsLine() throws IOException {
        write(
                "first.camel.yaml",
                "- beans:\n    - name: old\n      type: io.framegate.route.Old\n" + route("a", "direct:a", "two"));
        refuses("first.camel.yaml, line 3: class io.framegate.route.Old: not found"
                + " (expected: a class on the class path; replace route files of an earlier version)");
    }

    @Test
    void packetsAreKeptOutOnlyWhileAChangeTakesPlace() throws IOException {
        write("first.camel.yaml", route("a", "direct:a", "two"));
        answers("direct:a", "two");
        await().atMost(Duration.ofSeconds(10)).until(() -> inFlight.packets() == 0);
    }
}
