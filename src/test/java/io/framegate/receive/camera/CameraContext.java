package io.framegate.receive.camera;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.intake.ListenerAccess;
import io.framegate.intake.ListenerThreads;
import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.TestDirectory;
import io.framegate.settings.Catalogue;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Settings;
import io.framegate.store.ImageCounter;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.durable.Durability;
import io.framegate.store.quarantine.DroppedRejects;
import io.framegate.store.quarantine.QuarantineSpace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A plain Camel context that has the shared parts, and routes that listen with {@code camera:}. */
final class CameraContext implements AutoCloseable {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final int port = GatewayProcess.freePort();
    private final InFlight inFlight = new InFlight(64 << 20);
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final TestDirectory directory;
    private final ImageCounter counter;
    private final ListenerThreads threads = new ListenerThreads(camel, 2);

    /** A message of a route. */
    record Arrived(Object body, Map<String, Object> headers) {

        static Arrived of(Exchange exchange) {
            Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
            return new Arrived(exchange.getMessage().getBody(), headers);
        }
    }

    /** What a test does with the definition of a route. */
    interface Steps {
        void add(RouteDefinition route) throws Exception;
    }

    private CameraContext(Path directory, Map<String, String> properties) {
        this.directory = new TestDirectory(directory);
        Properties initial = new Properties();
        initial.putAll(properties);
        camel.getPropertiesComponent().setInitialProperties(initial);
        Map<String, String> values = new HashMap<>(Catalogue.standard().defaults());
        values.putAll(properties);
        bind("inFlight", inFlight);
        bind("connections", new ConnectionCount());
        bind(
                "cameraAccess",
                ListenerAccess.of(new Settings(Catalogue.standard(), values::get), ListenerSettings.CAMERA));
        bind("eventLoops", threads.eventLoops());
        bind("routeThreads", threads.routes());
        bind("durability", Durability.NONE);
        counter = new ImageCounter(directory.resolve("images"), Durability.NONE);
        bind("imageCounter", counter);
    }

    /** A context without a quarantine. */
    static CameraContext withoutQuarantine(Path directory) {
        return new CameraContext(directory, Map.of());
    }

    /** A context with these properties. */
    static CameraContext in(Path directory, Map<String, String> properties) {
        CameraContext context = new CameraContext(directory, properties);
        QuarantineSpace space = new QuarantineSpace(directory.resolve("quarantine"), 1 << 20, 100);
        context.bind("quarantineSpace", space);
        context.bind("droppedRejects", new DroppedRejects(space));
        context.bind("disk", new DiskSpace(context.inFlight, "0", List.of(directory)));
        return context;
    }

    CameraContext bind(String name, Object part) {
        camel.getRegistry().bind(name, part);
        return this;
    }

    DefaultCamelContext camel() {
        return camel;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** Starts a route that keeps what arrives. */
    CameraContext listen(String options) {
        return listen(options, route -> {});
    }

    /** Starts a route with these steps, after the one that keeps what arrives. */
    CameraContext listen(String options, Steps steps) {
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() throws Exception {
                    errorHandler(noErrorHandler());
                    steps.add(from("camera:127.0.0.1:" + port + "?" + options)
                            .routeId("cameras")
                            .process(exchange -> arrived.add(Arrived.of(exchange))));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        camel.start();
        return this;
    }

    /** Starts the routes of a YAML file, in which {@code PORT} and {@code DIRECTORY} are those of this context. */
    CameraContext load(String yaml) throws Exception {
        String text = yaml.replace("PORT", port + "").replace("DIRECTORY", directory.path() + "");
        camel.start();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("test.camel.yaml", text));
        return this;
    }

    Camera camera() {
        return Camera.connect(port);
    }

    List<Arrived> arrived() {
        return arrived;
    }

    /** The files below a directory of the test, except those of the counter. */
    List<String> files(String name) {
        return directory.files(name);
    }

    byte[] content(String name) {
        return directory.content(name);
    }

    @Override
    public void close() {
        camel.stop();
        counter.close();
        threads.close();
    }
}
