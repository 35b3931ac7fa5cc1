package io.framegate.routes;

import io.framegate.event.Received;
import io.framegate.intake.ConnectionCount;
import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.InFlight;
import io.framegate.it.support.TestDirectory;
import io.framegate.outbox.Outbox;
import io.framegate.receive.EventRepository;
import io.framegate.settings.ByteSize;
import io.framegate.settings.Catalogue;
import io.framegate.settings.Numbers;
import io.framegate.store.ImageCounter;
import io.framegate.store.StorageWatch;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.durable.Durability;
import io.framegate.store.quarantine.DroppedRejects;
import io.framegate.store.quarantine.QuarantineSpace;
import io.framegate.watch.CameraMeters;
import io.framegate.watch.wall.Wall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;

/**
 * Runs the real routes with the real properties, but without listeners, on directories below a given one.
 *
 * <pre>
 * try (RunningRoutes routes = RunningRoutes.in(directory, Map.of("framegate.thumbnail.enabled", "true"))) {
 *     routes.send(TestPacket.face(scene, face));
 *     assertThat(routes.files("images")).containsExactly(...);
 * }
 * </pre>
 */
final class RunningRoutes implements AutoCloseable {

    static final String PEER_HOST = "203.0.113.5";

    /** 09:58:21 in the time zone of the routes. */
    static final Instant RECEIVED_AT = Instant.parse("2026-03-29T07:58:21Z");

    private static final String LISTENERS = "**/listeners.camel.yaml";

    private final TestDirectory directory;
    private final ImageCounter counter;
    private final Outbox outbox;
    private final Main main = new Main();

    private RunningRoutes(Path directory, Map<String, String> properties, Path routes) {
        this.directory = new TestDirectory(directory);
        this.counter = new ImageCounter(directory.resolve("images"), Durability.NONE);
        this.outbox = new Outbox(directory.resolve("outbox"), targets(properties), Durability.NONE);
        main.setDefaultPropertyPlaceholderLocation("classpath:io/framegate/camel.properties");
        Catalogue.standard().defaults().forEach(main::addInitialProperty);
        main.configure()
                .withRoutesIncludePattern("file:" + routes + "/*.camel.yaml")
                .withRoutesExcludePattern(LISTENERS)
                .withAutoConfigurationLogSummary(false)
                .withShutdownTimeout(5);
        for (String name : List.of("images", "quarantine", "thumbnail")) {
            main.addOverrideProperty("framegate." + name + ".directory", directory.resolve(name) + "");
        }
        main.addOverrideProperty("framegate.time-zone", "Europe/Berlin");
        main.addOverrideProperty("framegate.web.enabled", "false");
        properties.forEach(main::addOverrideProperty);
        main.bind("imageCounter", counter);
        main.bind("durability", Durability.NONE);
        InFlight inFlight = new InFlight(64 << 20);
        main.bind("inFlight", inFlight);
        main.bind("wall", new Wall(null, 10 << 20));
        main.bind("connections", new ConnectionCount());
        main.bind("cameraMeters", new CameraMeters(new SimpleMeterRegistry(), 1));
        main.bind("disk", new DiskSpace(inFlight, "0", List.of(directory)));
        QuarantineSpace quarantine = new QuarantineSpace(
                directory.resolve("quarantine"),
                ByteSize.parse(properties.getOrDefault("framegate.quarantine.max-size", "1GB")),
                Numbers.parse(properties.getOrDefault("framegate.quarantine.max-files", "100000")));
        main.bind("quarantineSpace", quarantine);
        main.bind("storageWatch", new StorageWatch());
        main.bind("droppedRejects", new DroppedRejects(quarantine));
        main.bind("outbox", outbox);
        if (properties.containsKey("framegate.deduplicate.window")) {
            main.addOverrideProperty("framegate.deduplicate.enabled", "true");
            main.bind(
                    "eventRepository",
                    new EventRepository(directory.resolve("images/.framegate"), Duration.ofMinutes(10), 1_000));
        }
        main.bind(MicrometerConstants.METRICS_REGISTRY_NAME, new SimpleMeterRegistry());
    }

    private static Set<String> targets(Map<String, String> properties) {
        return properties.keySet().stream()
                .map(Pattern.compile("framegate\\.deliver\\.([a-z0-9]+)\\.enabled")::matcher)
                .filter(Matcher::matches)
                .map(target -> target.group(1))
                .collect(Collectors.toSet());
    }

    /** Starts the routes. These properties override those of the file. */
    static RunningRoutes in(Path directory, Map<String, String> properties) {
        return of(Path.of("routes"), directory, properties);
    }

    /** Starts the routes of a directory of route files. */
    static RunningRoutes of(Path routeFiles, Path directory, Map<String, String> properties) {
        RunningRoutes routes = new RunningRoutes(directory, properties, routeFiles);
        try {
            routes.main.start();
        } catch (Exception e) {
            routes.close();
            throw new IllegalStateException("routes: do not start", e);
        }
        return routes;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Sends as a listener does. The exchange has failed if the camera would be told to send again. */
    Exchange send(Received received) {
        return send("direct:receive-packet", received, headers -> {});
    }

    /** Sends anything to any endpoint. */
    Exchange send(String uri, Object body, Consumer<Map<String, Object>> headers) {
        Map<String, Object> all = new TreeMap<>();
        all.put(FramegateHeaders.PEER, PEER_HOST + ":50000");
        all.put(FramegateHeaders.PEER_HOST, PEER_HOST);
        all.put(FramegateHeaders.RECEIVED_AT, RECEIVED_AT.toString());
        all.put(FramegateHeaders.WIRE_FORMAT, "xml");
        headers.accept(all);
        return sender().send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(all);
        });
    }

    private ProducerTemplate sender() {
        try {
            return main.getCamelTemplate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file or directory of the test. */
    Path path(String name) {
        return directory.resolve(name);
    }

    /** The files below one of the test's directories, sorted, with {@code /}; those of the counter are left out. */
    List<String> files(String name) {
        return directory.files(name);
    }

    byte[] content(String name) {
        return directory.content(name);
    }

    @Override
    public void close() {
        try {
            main.stop();
        } finally {
            outbox.close();
            counter.close();
        }
    }
}
