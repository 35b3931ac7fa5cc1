package io.framegate.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.framegate.intake.InFlight;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.ImageFolder;
import io.framegate.outbox.Outbox;
import io.framegate.reload.RouteTrial;
import io.framegate.store.ImageCounter;
import io.framegate.store.disk.DiskSpace;
import io.framegate.watch.Micrometer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The gateway's parts in contexts of applications, and its routes as they are shipped. */
// It counts the threads of the process, which other tests have too.
@Isolated
class FramegatePluginTest {

    @TempDir
    private Path directory = Path.of(".");

    /** Camel Main with the shipped routes and properties for ports and directories, and nothing else. */
    private static final class Application implements AutoCloseable {

        private final Main main = new Main();
        private final int port = freePort();

        Application(Path directory, Map<String, String> properties) {
            main.addInitialProperty("camel.main.routesIncludePattern", "file:routes/*.camel.yaml");
            main.addInitialProperty("framegate.camera.host", "127.0.0.1");
            main.addInitialProperty("framegate.camera.port", String.valueOf(port));
            main.addInitialProperty("framegate.frames.port", String.valueOf(freePort()));
            for (String part : List.of("images", "quarantine", "outbox", "thumbnail")) {
                main.addInitialProperty("framegate." + part + ".directory", directory.resolve(part) + "");
            }
            properties.forEach(main::addInitialProperty);
        }

        Application start() throws Exception {
            main.start();
            return this;
        }

        CamelContext context() {
            return main.getCamelContext();
        }

        void post(int camera) {
            post(CameraPacket.scene(camera, 2_000));
        }

        void post(CameraPacket packet) {
            try (Camera sender = Camera.connect(port)) {
                assertThat(sender.post(packet.xml()).status()).isEqualTo(200);
            }
        }

        @Override
        public void close() {
            main.stop();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of stored images, sorted. */
    private static List<String> images(Path below) throws IOException {
        if (!Files.exists(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(below)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("image_"))
                    .map(name -> name.replaceFirst("^(image_\\d+)_.*", "$1"))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("framegate"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shippedRoutesRunUnderPlainCamelMain() throws Exception {
        try (Application application = new Application(directory, Map.of()).start()) {
            application.post(1);
            application.post(2);

            assertThat(images(directory.resolve("images"))).containsExactly("image_1", "image_2");
            assertThat(application.context().getRoutes())
                    .noneMatch(route -> route.getRouteId().startsWith("deliver-to"));
        }
    }

    @Test
    void portsOfServersThatNeverOpenMayBeThoseOfListeners() throws Exception {
        Map<String, String> same = Map.of(
                "framegate.web.port", "{{framegate.camera.port}}",
                "framegate.observe.port", "{{framegate.frames.port}}");
        try (Application application = new Application(directory, same).start()) {
            application.post(1);

            assertThat(images(directory.resolve("images"))).containsExactly("image_1");
        }
    }

    @Test
    void aListenerInOneLineHasItsParts() throws Exception {
        int port = freePort();
        try (DefaultCamelContext context = plainContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("camera:127.0.0.1:" + port + "?split=true")
                            .to("store:{{framegate.images.directory}}?numbers=#imageCounter"
                                    + "&fileName=RAW({{framegate.images.name}})");
                }
            });
            context.start();
            try (Camera sender = Camera.connect(port)) {
                assertThat(sender.post(CameraPacket.scene(1, 2_000).xml()).status())
                        .isEqualTo(200);
            }

            assertThat(images(directory.resolve("images"))).containsExactly("image_1");
        }
    }

    @Test
    void deliverToATargetThatIsOn() throws Exception {
        Map<String, String> on = Map.of(
                "framegate.deliver.file.enabled",
                "true",
                "framegate.deliver.file.directory",
                directory.resolve("second") + "");
        try (Application application = new Application(directory, on).start()) {
            application.post(1);

            Eventually.eventually("the image is delivered")
                    .until(() -> ImageFolder.files(directory.resolve("second")).stream()
                            .anyMatch(file -> file.toString().endsWith(".jpg")));
        }
    }

    @Test
    void derivedPropertiesSwitchRoutesOn() throws Exception {
        Map<String, String> on = Map.of("framegate.deduplicate.window", "10m", "framegate.retention.max-age", "30d");
        try (Application application = new Application(directory, on).start()) {
            CameraPacket packet = CameraPacket.scene(1, 2_000);
            application.post(packet);
            application.post(packet);

            assertThat(images(directory.resolve("images"))).containsExactly("image_1");
            assertThat(application.context().getRoute("delete-old-images")).isNotNull();
        }
    }

    @Test
    void routesRunInAsManyThreadsAsTheSettingSays() throws Exception {
        try (Application application = new Application(directory, Map.of("framegate.intake.threads", "1")).start()) {
            for (int camera = 1; camera <= 3; camera++) {
                application.post(camera);
            }
            assertThat(threads("framegate-routes")).hasSize(1);
            assertThat(threads("framegate-reads"))
                    .hasSizeLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
            assertThat(threads("NettyConsumerExecutorGroup")).isEmpty();
        }
        await().until(() -> threads("framegate-r").isEmpty());
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> thread.contains(name))
                .toList();
    }

    @Test
    void nextStartContinuesTheNumbers() throws Exception {
        Set<String> before = ownThreads();
        for (int camera = 1; camera <= 2; camera++) {
            try (Application application = new Application(directory, Map.of()).start()) {
                application.post(camera);
            }
        }

        assertThat(images(directory.resolve("images"))).containsExactly("image_1", "image_2");
        Eventually.eventually("the parts are closed").until(() -> before.containsAll(ownThreads()));
    }

    @Test
    void contextsHaveTheirOwnParts() throws Exception {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        try (Application first = new Application(one, Map.of()).start();
                Application second = new Application(two, Map.of()).start()) {
            first.post(1);
            second.post(2);
            first.context().stop();
            second.post(3);

            assertThat(images(one)).containsExactly("image_1");
            assertThat(images(two)).containsExactly("image_1", "image_2");
        }
    }

    @Test
    void wrongPropertiesFailTheStartWithAllProblems() throws Exception {
        Set<String> before = ownThreads();
        Map<String, String> wrong = Map.of(
                "framegate.camera.prot", "1",
                "framegate.intake.idle-timeout", "soon",
                "framegate.store.retries", "-1");
        try (Application application = new Application(directory, wrong)) {
            assertThatThrownBy(application::start)
                    .satisfies(failure -> assertThat(ObjectHelper.getException(IllegalArgumentException.class, failure))
                            .hasMessageContaining("framegate.camera.prot: unknown (expected: framegate.camera.port)")
                            .hasMessageContaining("framegate.intake.idle-timeout: soon (expected: ")
                            .hasMessageContaining("framegate.store.retries: -1 (expected: "));
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(before).containsAll(ownThreads());
    }

    @Test
    void anApplicationThatUsesNoPartHasNone() throws Exception {
        Set<String> before = ownThreads();
        Path here = Path.of("").toAbsolutePath();
        Set<Path> files = entries(here);
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").to("log:other");
            }
        });
        main.start();
        try {
            CamelContext context = main.getCamelContext();
            context.createProducerTemplate().sendBody("direct:other", "body");
            context.getRegistry().findByType(HealthCheck.class);
            context.getRegistry().findByType(MeterRegistry.class);

            assertThat(ContextBeans.bound(context, "inFlight")).isNull();
            assertThat(before).containsAll(ownThreads());
            assertThat(entries(here)).isEqualTo(files);
        } finally {
            main.stop();
        }
    }

    private static Set<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.collect(Collectors.toSet());
        }
    }

    /** A context without Camel Main, with directories of the test. */
    private DefaultCamelContext plainContext() {
        DefaultCamelContext context = new DefaultCamelContext();
        PropertiesComponent properties = context.getPropertiesComponent();
        for (String part : List.of("images", "quarantine", "outbox", "thumbnail")) {
            properties.addInitialProperty(
                    "framegate." + part + ".directory", directory.resolve(part).toString());
        }
        return context;
    }

    @Test
    void partsAreFoundByNameAndTypeAndAreTheSame() throws Exception {
        try (DefaultCamelContext context = plainContext()) {
            context.start();
            assertThat(directory).isEmptyDirectory();

            InFlight named = context.getRegistry().lookupByNameAndType("inFlight", InFlight.class);

            assertThat(named).isNotNull().isSameAs(context.getRegistry().lookupByName("inFlight"));
            assertThat(context.getRegistry().findSingleByType(InFlight.class)).isSameAs(named);
            assertThat(context.getRegistry().findByType(ImageCounter.class)).hasSize(1);
            assertThat(context.getRegistry().lookupByName("retention")).isNull();
        }
    }

    @Test
    void contextThatFailedToStartClosesItsParts() throws Exception {
        Set<String> before = ownThreads();
        DefaultCamelContext context = plainContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wrong").to("nothing:at-all");
            }
        });
        assertThat(context.getRegistry().lookupByName("inFlight")).isNotNull();
        assertThatThrownBy(context::start).hasMessageContaining("nothing");
        context.close();

        Eventually.eventually("the parts are closed").until(() -> before.containsAll(ownThreads()));
        try (DefaultCamelContext next = plainContext()) {
            assertThat(next.getRegistry().lookupByName("inFlight")).isNotNull();
        }
    }

    @Test
    void beansOfTheApplicationTakePrecedence() throws Exception {
        try (DefaultCamelContext context = plainContext()) {
            context.getRegistry().bind("wall", "of bricks");
            assertThat(context.getRegistry().lookupByName("wall")).isEqualTo("of bricks");
            assertThat(directory).isEmptyDirectory();

            assertThat(context.getRegistry().lookupByName("inFlight")).isNotNull();
            assertThat(context.getRegistry().lookupByName("wall")).isEqualTo("of bricks");
        }
    }

    @Test
    void defaultsResolveBelowAllOtherProperties() throws Exception {
        try (DefaultCamelContext context = plainContext()) {
            assertThat(context.resolvePropertyPlaceholders("{{framegate.camera.port}}"))
                    .isEqualTo("18000");
            context.getPropertiesComponent().addInitialProperty("framegate.camera.port", "7");
            assertThat(context.resolvePropertyPlaceholders("{{framegate.camera.port}}"))
                    .isEqualTo("7");
            assertThat(context.resolvePropertyPlaceholders("{{framegate.deduplicate.enabled:x}}"))
                    .isEqualTo("false");
            assertThat(context.resolvePropertyPlaceholders("{{framegate.none:x}}"))
                    .isEqualTo("x");
            assertThat(directory).isEmptyDirectory();
        }
    }

    /** Spring Boot replaces the component, and has its environment behind the parser. */
    @Test
    void defaultsResolveInSpringsPropertiesComponentBelowItsEnvironment() throws Exception {
        org.apache.camel.component.properties.PropertiesComponent springs =
                new org.apache.camel.component.properties.PropertiesComponent();
        springs.setPropertiesParser(new DefaultPropertiesParser() {
            @Override
            public @Nullable String customLookup(String name) {
                return name.equals("framegate.frames.port") ? "7" : null;
            }
        });
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setPropertiesComponent(springs);

            assertThat(context.resolvePropertyPlaceholders("{{framegate.camera.port}}"))
                    .isEqualTo("18000");
            assertThat(context.resolvePropertyPlaceholders("{{framegate.frames.port}}"))
                    .isEqualTo("7");
        }
    }

    @Test
    void metricsAreInTheRegistryOfTheApplication() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (DefaultCamelContext context = plainContext()) {
            context.getRegistry().bind("meters", registry);
            context.getRegistry().lookupByName("inFlight");

            assertThat(context.getRegistry().lookupByName(Micrometer.REGISTRY)).isSameAs(registry);
            assertThat(registry.find("framegate.inflight.packets").gauge()).isNotNull();
            context.stop();
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    /** As Spring's properties are: Camel can look them up, but not list them. */
    private record Unlisted(Map<String, String> values) implements PropertiesSource {
        @Override
        public String getName() {
            return "unlisted";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return values.get(name);
        }
    }

    @Test
    void aTargetThatOnlyARouteNamesIsAddedWithIt() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (DefaultCamelContext context = plainContext()) {
            context.getRegistry().bind("meters", registry);
            context.getPropertiesComponent()
                    .addPropertiesSource(new Unlisted(Map.of("framegate.deliver.archive.enabled", "true")));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("outbox:archive").to("mock:archive");
                }
            });
            context.start();

            assertThat(context.getRegistry()
                            .lookupByNameAndType("outbox", Outbox.class)
                            .targets())
                    .containsExactly("archive");
            assertThat(registry.find("framegate.outbox.waiting")
                            .tag("target", "archive")
                            .gauge())
                    .isNotNull();
            assertThat(context.getRegistry().lookupByName("archiveHealth")).isNotNull();
            Path claims = directory.resolve("outbox");
            assertThat(context.getRegistry()
                            .lookupByNameAndType("disk", DiskSpace.class)
                            .directories())
                    .contains(claims);
            assertThat(registry.find("framegate.disk.free")
                            .tag("directory", claims.toString())
                            .gauge())
                    .isNotNull();
        }
    }

    @Test
    void anEditThatNamesAPartThatIsOffFindsNone() throws Exception {
        String edit =
                """
                - route:
                    id: clean
                    from:
                      uri: direct:clean
                      steps:
                        - bean:
                            ref: retention
                            method: run
                """;
        try (DefaultCamelContext context = plainContext()) {
            context.start();
            assertThat(context.getRegistry().lookupByName("inFlight")).isNotNull();

            assertThat(RouteTrial.problems(context, Map.of(Path.of("clean.camel.yaml"), edit), null))
                    .singleElement()
                    .asString()
                    .contains("retention")
                    .doesNotContain("in use");
        }
    }

    @Test
    void aTargetOfTheApplicationsOwnRouteIsSwitchedOn() throws Exception {
        try (DefaultCamelContext context = plainContext()) {
            context.getPropertiesComponent().addInitialProperty("framegate.deliver.archive.enabled", "true");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("outbox:archive").to("mock:archive");
                }
            });
            context.start();

            assertThat(context.getRegistry()
                            .lookupByNameAndType("outbox", Outbox.class)
                            .targets())
                    .containsExactly("archive");
        }
    }
}
