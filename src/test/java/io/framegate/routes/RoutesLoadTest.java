package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.intake.ListenerAccess;
import io.framegate.outbox.Outbox;
import io.framegate.receive.EventRepository;
import io.framegate.settings.Catalogue;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Settings;
import io.framegate.store.ImageCounter;
import io.framegate.store.StorageWatch;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.disk.Retention;
import io.framegate.store.disk.RetentionLimits;
import io.framegate.store.durable.Durability;
import io.framegate.store.quarantine.DroppedRejects;
import io.framegate.store.quarantine.QuarantineSpace;
import io.framegate.watch.CameraMeters;
import io.framegate.watch.wall.Wall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loads every file in {@code routes} with the shipped properties, and again with every switch on. An unknown option or
 * a missing bean, property or component fails the start. No route is started.
 */
@Execution(ExecutionMode.CONCURRENT)
class RoutesLoadTest {

    private enum Switches {
        AS_SHIPPED,
        ALL_ON
    }

    @ParameterizedTest
    @EnumSource
    void everyFileLoadsAndEveryRouteHasAnId(Switches switches, @TempDir Path directory) throws Exception {
        try (LoadedRoutes routes = new LoadedRoutes(directory, switches, "file:routes/*.camel.yaml")) {
            assertThat(routes.context().getRoutes()).isNotEmpty().allMatch(Route::isCustomId);
            Set<String> sources = routes.context().getRoutes().stream()
                    .map(route -> String.valueOf(route.getSourceLocationShort()).replaceFirst(":\\d+$", ""))
                    .collect(Collectors.toSet());
            if (switches == Switches.ALL_ON) {
                assertThat(sources).containsAll(filesWithRoutes());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void internalEndpointsAreDirect(Switches switches, @TempDir Path directory) throws Exception {
        try (LoadedRoutes routes = new LoadedRoutes(directory, switches, "file:routes/*.camel.yaml")) {
            // An in-memory queue loses images after a kill; the others have no use here.
            assertThat(routes.context().getEndpoints())
                    .extracting(endpoint -> endpoint.getEndpointUri().replaceFirst(":.*", ""))
                    .contains("direct")
                    .doesNotContain("seda", "vm", "disruptor", "disruptor-vm", "mock", "stub", "exec", "language");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingFromTheNetworkIsDeserializedOrAnsweredWithABody(Switches switches, @TempDir Path directory)
            throws Exception {
        try (LoadedRoutes routes = new LoadedRoutes(directory, switches, "file:routes/*.camel.yaml")) {
            List<NettyEndpoint> listeners = routes.endpoints(NettyEndpoint.class);
            assertThat(listeners).isNotEmpty();
            assertThat(listeners).allSatisfy(listener -> {
                assertThat(listener.getConfiguration().isSync()).isFalse();
                assertThat(listener.getConfiguration().isTransferExchange()).isFalse();
                assertThat(listener.getConfiguration().isAllowSerializedHeaders())
                        .isFalse();
            });
            assertThat(routes.context().getEndpoints())
                    .extracting(Endpoint::getEndpointUri)
                    .noneMatch(uri -> uri.matches(
                            ".*(transferExchange|allowSerializedHeaders|allowJavaSerializedObject)=true.*"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesBecomeVisibleWhole(Switches switches, @TempDir Path directory) throws Exception {
        try (LoadedRoutes routes = new LoadedRoutes(directory, switches, "file:routes/*.camel.yaml")) {
            Set<Endpoint> consumed = new HashSet<>();
            routes.context().getRoutes().forEach(route -> consumed.add(route.getEndpoint()));
            List<FileEndpoint> written = routes.endpoints(FileEndpoint.class).stream()
                    .filter(endpoint -> !consumed.contains(endpoint))
                    .toList();
            assertThat(written).isNotEmpty();
            assertThat(written).allSatisfy(endpoint -> assertThat(!endpoint.isCopyAndDeleteOnRenameFail()
                            || endpoint.getTempFileName() != null
                            || endpoint.getTempPrefix() != null)
                    .describedAs("%s: a temporary name, or a rename that is never a copy", endpoint)
                    .isTrue());
        }
    }

    @Test
    void optionCamelDoesNotKnowFailsTheStart(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("wrong.camel.yaml"),
                """
                - route:
                    id: wrong
                    from:
                      uri: direct:wrong
                      steps:
                        - to:
                            uri: file:images
                            parameters:
                              temporary: x
                """);
        assertThatThrownBy(() -> new LoadedRoutes(directory, Switches.AS_SHIPPED, "file:" + file).close())
                .rootCause()
                .hasMessageContaining("Unknown parameters=[{temporary=x}]");
    }

    private static Set<String> filesWithRoutes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> content(file).matches("(?s).*- (route|templatedRoute):.*"))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A context with all routes, none of them started. */
    private static final class LoadedRoutes implements AutoCloseable {
        private final Main main = new Main();
        private final ImageCounter counter;
        private final Outbox outbox;

        LoadedRoutes(Path directory, Switches switches, String pattern) throws Exception {
            Map<String, String> defaults = Catalogue.standard().defaults();
            Map<String, String> overrides = new TreeMap<>();
            for (String name : defaults.keySet()) {
                if (name.matches("framegate\\.[a-z]+\\.directory")) {
                    overrides.put(name, directory.resolve(name) + "");
                } else if (switches == Switches.ALL_ON && name.matches("framegate\\..*\\.enabled")) {
                    overrides.put(name, "true");
                } else if (switches == Switches.ALL_ON && name.equals("framegate.durability")) {
                    overrides.put(name, "always");
                }
            }
            if (switches == Switches.ALL_ON) {
                overrides.put("framegate.retention.enabled", "true");
            }
            overrides.put("framegate.web.enabled", "false");
            if (switches == Switches.ALL_ON) {
                overrides.put("framegate.deduplicate.enabled", "true");
                main.bind("eventRepository", new EventRepository(directory, Duration.ofMinutes(10), 10));
            }
            counter = new ImageCounter(directory.resolve("images"), Durability.NONE);
            outbox = new Outbox(directory.resolve("outbox"), targets(overrides.keySet()), Durability.NONE);
            main.setDefaultPropertyPlaceholderLocation("classpath:io/framegate/camel.properties");
            defaults.forEach(main::addInitialProperty);
            main.configure()
                    .withRoutesIncludePattern(pattern)
                    .withAutoStartup(false)
                    .withAutoConfigurationLogSummary(false);
            overrides.forEach(main::addOverrideProperty);
            main.bind("imageCounter", counter);
            main.bind("durability", Durability.NONE);
            InFlight inFlight = new InFlight(64 << 20);
            main.bind("inFlight", inFlight);
            main.bind("wall", new Wall(null, 10 << 20));
            main.bind("connections", new ConnectionCount());
            Settings settings = new Settings(Catalogue.standard(), defaults::get);
            main.bind("cameraAccess", ListenerAccess.of(settings, ListenerSettings.CAMERA));
            main.bind("framesAccess", ListenerAccess.of(settings, ListenerSettings.FRAMES));
            main.bind("cameraMeters", new CameraMeters(new SimpleMeterRegistry(), 1));
            main.bind("disk", new DiskSpace(inFlight, "0", List.of(directory)));
            QuarantineSpace quarantine = new QuarantineSpace(directory.resolve("quarantine"), 1 << 30, 1000);
            main.bind("quarantineSpace", quarantine);
            main.bind("storageWatch", new StorageWatch());
            main.bind("droppedRejects", new DroppedRejects(quarantine));
            main.bind("outbox", outbox);
            RetentionLimits limits = new RetentionLimits(Duration.ofDays(30), 0, "0");
            main.bind("retention", new Retention(directory, "image_", directory, limits, outbox));
            main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, new SimpleMeterRegistry());
            try {
                main.start();
            } catch (Exception e) {
                close();
                throw e;
            }
        }

        private static Set<String> targets(Set<String> switches) {
            return switches.stream()
                    .map(Pattern.compile("framegate\\.deliver\\.([a-z0-9]+)\\.enabled")::matcher)
                    .filter(Matcher::matches)
                    .map(target -> target.group(1))
                    .collect(Collectors.toSet());
        }

        CamelContext context() {
            return main.getCamelContext();
        }

        <T extends Endpoint> List<T> endpoints(Class<T> type) {
            return context().getEndpoints().stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }

        @Override
        public void close() {
            try {
                main.stop();
            } finally {
                counter.close();
            }
        }
    }
}
