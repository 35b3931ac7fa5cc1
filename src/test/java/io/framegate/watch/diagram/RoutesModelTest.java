package io.framegate.watch.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.outbox.EventClaims;
import io.framegate.outbox.ImageClaims;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.OutboxComponent;
import io.framegate.reload.RouteProblem;
import io.framegate.store.durable.Durability;
import io.framegate.watch.diagram.RoutesPicture.ErrorHandling;
import io.framegate.watch.diagram.RoutesPicture.RefusedFile;
import io.framegate.watch.diagram.RoutesPicture.RunningRoute;
import io.framegate.watch.diagram.RoutesPicture.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Routes in YAML become a picture of what runs. */
@Execution(ExecutionMode.CONCURRENT)
class RoutesModelTest {

    @TempDir
    private Path directory = Path.of(".");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StepCounts counts = new StepCounts();
    private List<RouteProblem> refused = List.of();
    private final RoutesModel model = new RoutesModel(context, counts, metrics, () -> refused);

    @BeforeEach
    void start() {
        context.getCamelContextExtension().addInterceptStrategy(counts);
        context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, metrics);
        context.addRoutePolicyFactory(new MicrometerRoutePolicyFactory());
        Properties properties = new Properties();
        properties.putAll(Map.of("there", "end", "is-on", "true", "password", "secret-of-a-property"));
        context.getPropertiesComponent().setInitialProperties(properties);
        bind("nothing", exchange -> {});
        bind("fails", exchange -> {
            throw new IllegalStateException("on purpose");
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void bind(String name, Processor processor) {
        context.getRegistry().bind(name, processor);
    }

    /** As the gateway loads and reloads a file. */
    private void load(String file, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .updateRoutes(List.of(ResourceHelper.fromString("file:routes/" + file, yaml)));
    }

    private Exchange send(String uri) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody("a"));
    }

    private RunningRoute route(String id) {
        return model.picture().routes().stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The only step of a kind, wherever it is. */
    private Step step(String route, String kind) {
        return all(route(route).steps())
                .filter(step -> step.kind().equals(kind))
                .reduce((one, other) -> {
                    throw new AssertionError("two of " + kind);
                })
                .orElseThrow();
    }

    private static Stream<Step> all(List<Step> steps) {
        return steps.stream().flatMap(step -> Stream.concat(Stream.of(step), all(step.steps())));
    }

    private static final String CHOICE =
            """
            - route:
                id: begin
                description: where it begins
                from:
                  uri: direct:begin
                  steps:
                    - choice:
                        when:
                          - expression:
                              simple: "${body} == 'b'"
                            steps:
                              - process:
                                  ref: fails
                        otherwise:
                          steps:
                            - to:
                                uri: direct:{{there}}
                            - log:
                                message: done
            - route:
                id: end
                from:
                  uri: direct:end
                  steps:
                    - process:
                        ref: nothing
            """;

    @Test
    void stepsAreATreeWithWhatTheyWorkOnAndWhereTheyLead() throws Exception {
        load("a.camel.yaml", CHOICE);
        RunningRoute route = route("begin");
        assertThat(route.file()).isEqualTo("a.camel.yaml");
        assertThat(route.description()).isEqualTo("where it begins");
        assertThat(route.from()).isEqualTo("direct:begin");
        assertThat(route.status()).isEqualTo("Started");
        Step choice = route.steps().get(0);
        assertThat(route.steps()).hasSize(1);
        assertThat(choice.steps()).extracting(Step::kind).containsExactly("when", "otherwise");
        assertThat(choice.steps().get(0).text()).isEqualTo("${body} == 'b'");
        assertThat(step("begin", "process").text()).isEqualTo("fails");
        assertThat(step("begin", "log").text()).isEqualTo("done");
        Step to = step("begin", "to");
        assertThat(to.text()).isEqualTo("direct:{{there}}");
        assertThat(to.leadsTo()).containsExactly("end");
    }

    @Test
    void eachStepCountsWhatGoesThroughItAndABranchWhatComesIntoIt() throws Exception {
        load("a.camel.yaml", CHOICE);
        send("direct:begin");
        send("direct:begin");
        assertThat(context.createProducerTemplate()
                        .send("direct:begin", exchange -> exchange.getMessage().setBody("b"))
                        .isFailed())
                .isTrue();
        RunningRoute route = route("begin");
        assertThat(route.total()).isEqualTo(3);
        assertThat(route.failed()).isEqualTo(1);
        assertThat(route.meanMillis()).isNotNull().isPositive();
        Step choice = step("begin", "choice");
        assertThat(choice.total()).isEqualTo(3);
        assertThat(choice.failed()).isEqualTo(1);
        assertThat(choice.inFlight()).isZero();
        assertThat(choice.steps()).extracting(Step::total).containsExactly(1L, 2L);
        assertThat(choice.steps()).extracting(Step::failed).containsOnlyNulls();
        assertThat(step("begin", "process").failed()).isEqualTo(1);
        assertThat(step("begin", "to").total()).isEqualTo(2);
        assertThat(step("end", "process").total()).isEqualTo(2);
    }

    @Test
    void whatAStepHoldsIsInFlight() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        bind("holds", exchange -> held.await());
        load("a.camel.yaml", "- route: {id: a, from: {uri: 'direct:a', steps: [{process: {ref: holds}}]}}");
        context.createProducerTemplate().asyncSendBody("direct:a", "a");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(step("a", "process").inFlight()).isEqualTo(1));
        assertThat(step("a", "process").total()).isZero();
        assertThat(route("a").inFlight()).isEqualTo(1);
        held.countDown();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(step("a", "process").total()).isEqualTo(1));
        assertThat(step("a", "process").inFlight()).isZero();
    }

    @Test
    void preconditionLeavesTheBranchThatWasTakenAndNoChoice() throws Exception {
        load(
                "a.camel.yaml",
                """
                - route:
                    id: a
                    from:
                      uri: direct:a
                      steps:
                        - choice:
                            precondition: true
                            when:
                              - expression:
                                  simple: "{{is-on}}"
                                steps:
                                  - process:
                                      ref: nothing
                            otherwise:
                              steps:
                                - log:
                                    message: off
                        - choice:
                            precondition: true
                            when:
                              - expression:
                                  simple: "'{{is-on}}' == 'false'"
                                steps:
                                  - process:
                                      ref: fails
                        - setBody:
                            disabled: true
                            constant: x
                """);
        send("direct:a");
        assertThat(route("a").steps()).extracting(Step::text).containsExactly("nothing");
        assertThat(step("a", "process").total()).isEqualTo(1);
    }

    @Test
    void whatIsCaughtLeadsWhereTheExpressionSays() throws Exception {
        load(
                "a.camel.yaml",
                """
                - route:
                    id: a
                    from:
                      uri: direct:a
                      steps:
                        - doTry:
                            steps:
                              - process:
                                  ref: fails
                            doCatch:
                              - exception:
                                  - java.lang.IllegalStateException
                                steps:
                                  - enrich:
                                      expression:
                                        constant: direct:kept
                - route:
                    id: kept
                    from:
                      uri: direct:kept
                      steps:
                        - log:
                            message: kept
                """);
        send("direct:a");
        Step caught = step("a", "doCatch");
        assertThat(caught.text()).isEqualTo("IllegalStateException");
        assertThat(caught.total()).isEqualTo(1);
        assertThat(step("a", "enrich").leadsTo()).containsExactly("kept");
        assertThat(step("a", "doTry").steps()).extracting(Step::kind).containsExactly("process", "doCatch");
    }

    @Test
    void valuesOfPlaceholdersAndSecretsWrittenIntoARouteAreNotShown() throws Exception {
        load(
                "a.camel.yaml",
                """
                - route:
                    id: a
                    from:
                      uri: direct:a
                      steps:
                        - setHeader:
                            name: Authorization
                            constant: Bearer secret-in-a-route
                        - setBody:
                            simple: "${header.x} {{password}}"
                        - setBody:
                            constant: "{{password}}"
                        - filter:
                            expression:
                              simple: "${header.nothing} == '{{password}}'"
                            steps:
                              - to:
                                  uri: file:{{password}}
                                  parameters:
                                    antInclude: "{{password}}"
                              - to:
                                  uri: netty:tcp://user:secret-in-a-route@127.0.0.1:9
                                  parameters:
                                    passphrase: secret-in-a-route
                                    sync: false
                              - to:
                                  uri: "https://127.0.0.1:9/c?sv=secret-in-a-route&sig=secret-in-a-route"
                """);
        send("direct:a");
        assertThat(json()).contains("{{password}}").doesNotContain("secret-");
    }

    private String json() throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(model.picture());
    }

    @Test
    void claimsLeadToTheRoutesThatDeliverThem() throws Exception {
        Properties events = new Properties();
        events.putAll(Map.of("framegate.deliver.file.events", "false", "framegate.deliver.http.events", "PEA"));
        context.getPropertiesComponent().setOverrideProperties(events);
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("file", "http"), Durability.NONE)) {
            context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
            context.getRegistry().bind("imageClaims", new ImageClaims(outbox));
            bind("eventClaims", new EventClaims(outbox));
            load(
                    "a.camel.yaml",
                    """
                    - route:
                        id: store
                        from:
                          uri: direct:store
                          steps:
                            - to:
                                uri: store:images
                                parameters:
                                  claims: "#imageClaims"
                            - process:
                                ref: eventClaims
                    """
                            + deliver("file", directory)
                            + deliver("http", directory));
            List<Step> claims = route("store").steps();
            assertThat(claims.get(0).leadsTo()).containsExactlyInAnyOrder("to-file", "to-http");
            assertThat(claims.get(0).through()).isEqualTo("outbox");
            // Only this target wants events without images.
            assertThat(claims.get(1).leadsTo()).containsExactly("to-http");
            context.stop();
        }
    }

    private static String deliver(String target, Path images) {
        return "- route: {id: to-" + target + ", from: {uri: 'outbox:" + target + "', parameters: {images: '" + images
                + "'}, steps: [{process: {ref: nothing}}]}}\n";
    }

    @Test
    void templatedRouteShowsItsParametersAndLeadsToOtherRoutes() throws Exception {
        String yaml =
                """
                - routeTemplate:
                    id: named
                    parameters:
                      - name: target
                    beans:
                      - name: ownBean
                        type: io.framegate.outbox.deliver.MetadataHeaders
                    route:
                      from:
                        uri: direct:{{target}}
                        steps:
                          - process:
                              ref: "{{ownBean}}"
                          - to:
                              uri: log:{{ownBean}}
                          - to:
                              uri: direct:{{there}}-{{target}}
                - templatedRoute:
                    routeTemplateRef: named
                    routeId: to-archive
                    parameters: [{name: target, value: archive}]
                - route: {id: last, from: {uri: 'direct:end-archive', steps: [{process: {ref: nothing}}]}}
                """;
        for (RoutesBuilder routes : PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(List.of(ResourceHelper.fromString("file:routes/a.camel.yaml", yaml)))) {
            context.addRoutes(routes);
            routes.addTemplatedRoutesToCamelContext(context);
        }
        RunningRoute route = route("to-archive");
        assertThat(route.from()).isEqualTo("direct:archive");
        assertThat(route.steps())
                .extracting(Step::text)
                .containsExactly("{{ownBean}}", "log:{{ownBean}}", "direct:{{there}}-archive");
        assertThat(route.steps().get(2).leadsTo()).containsExactly("last");
    }

    @Test
    void routeThatIsReplacedCountsAnewAndOneThatIsStoppedSaysSo() throws Exception {
        load("a.camel.yaml", "- route: {id: a, from: {uri: 'direct:a', steps: [{process: {ref: nothing}}]}}");
        send("direct:a");
        assertThat(step("a", "process").total()).isEqualTo(1);
        load("a.camel.yaml", "- route: {id: a, from: {uri: 'direct:a', steps: [{log: {message: other}}]}}");
        assertThat(route("a").steps()).extracting(Step::text).containsExactly("other");
        assertThat(step("a", "log").total()).isZero();
        assertThat(route("a").total()).isZero();
        context.getRouteController().stopRoute("a");
        assertThat(route("a").status()).isEqualTo("Stopped");
        context.removeRoute("a");
        assertThat(model.picture().routes()).isEmpty();
    }

    @Test
    void errorHandlingIsShownOnceAndARetriedStepCountsEachTime() throws Exception {
        load(
                "errors.camel.yaml",
                """
                - routeConfiguration:
                    onException:
                      - onException:
                          exception:
                            - java.lang.IllegalStateException
                          redeliveryPolicy:
                            maximumRedeliveries: "2"
                            redeliveryDelay: "1"
                          steps:
                            - to:
                                uri: direct:kept
                - routeConfiguration:
                    id: nobodys
                    onException:
                      - onException:
                          exception:
                            - java.lang.Exception
                """);
        load(
                "a.camel.yaml",
                """
                - route: {id: a, from: {uri: 'direct:a', steps: [{process: {ref: fails}}]}}
                - route: {id: b, from: {uri: 'direct:b', steps: [{process: {ref: fails}}]}}
                - route: {id: kept, from: {uri: 'direct:kept', steps: [{process: {ref: nothing}}]}}
                """);
        send("direct:a");
        send("direct:b");
        assertThat(route("a").steps()).hasSize(1);
        assertThat(step("a", "process").failed()).isEqualTo(3);
        assertThat(route("a").failed()).isEqualTo(1);
        ErrorHandling handling = model.picture().errors().get(0);
        assertThat(model.picture().errors()).hasSize(1);
        assertThat(handling.id()).isNull();
        assertThat(handling.file()).isEqualTo("errors.camel.yaml");
        assertThat(handling.routes()).containsExactlyInAnyOrder("a", "b", "kept");
        assertThat(handling.handlers().get(0).exceptions()).containsExactly("IllegalStateException");
        assertThat(handling.handlers().get(0).retries()).isEqualTo("2 times");
        Step to = handling.handlers().get(0).steps().get(0);
        assertThat(to.leadsTo()).containsExactly("kept");
        assertThat(to.total()).isEqualTo(2);
    }

    @Test
    void refusedFilesAreShownWithLineAndReason() throws JsonProcessingException {
        refused = List.of(
                new RouteProblem("a.camel.yaml", 7, null, "bean x: not found"),
                new RouteProblem("b.camel.yaml", null, null, "empty"));
        assertThat(model.picture().refused())
                .containsExactly(
                        new RefusedFile("a.camel.yaml", 7, "bean x: not found"),
                        new RefusedFile("b.camel.yaml", null, "empty"));
        assertThat(new ObjectMapper().writeValueAsString(model.picture()))
                .contains("{\"file\":\"b.camel.yaml\",\"reason\":\"empty\"}");
        refused = List.of();
        assertThat(new ObjectMapper().writeValueAsString(model.picture())).doesNotContain("refused");
    }
}
