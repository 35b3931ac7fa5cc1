package io.framegate;

import io.framegate.image.ImageCounter;
import io.framegate.image.ImageFile;
import io.framegate.intake.ByteSize;
import io.framegate.intake.InFlight;
import io.framegate.route.RouteReload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the gateway: reads the properties, makes what lives as long as the process does, loads the routes, and watches them.
 * It never comes up half: whatever is missing is said in one line, and the process ends with an error.
 */
final class Gateway {

    private static final String ROUTES = "*.camel.yaml";
    private static final List<String> PORTS = List.of("framegate.camera.port", "framegate.frames.port");
    private static final List<String> DIRECTORIES =
            List.of("framegate.images.directory", "framegate.quarantine.directory", "framegate.thumbnail.directory");

    private final Path properties;
    private final Path routes;
    private @Nullable IllegalStateException noRoute;

    private Gateway(Path properties, Path routes) {
        this.properties = properties;
        this.routes = routes;
    }

    static Gateway inWorkingDirectory() {
        return new Gateway(Path.of("application.properties"), Path.of("routes"));
    }

    /** Runs until the process is stopped; the exit code. */
    int run() {
        try {
            configureLog();
            requireRoutes();
        } catch (IOException | IllegalStateException e) {
            return failed(e);
        }
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("file:" + properties);
        main.configure()
                .withRoutesIncludePattern("file:" + routes + "/" + ROUTES)
                .withAutoConfigurationLogSummary(false)
                .withShutdownTimeout(20);
        main.addMainListener(new Lifecycle());
        try {
            main.run();
            return noRoute == null ? main.getExitCode() : failed(noRoute);
        } catch (Exception e) {
            return failed(e);
        }
    }

    private static int failed(Exception failure) {
        LoggerFactory.getLogger("io.framegate").error("cannot start: {}", StartFailure.describe(failure));
        return 1;
    }

    private void configureLog() throws IOException {
        Properties file = new Properties();
        if (!Files.isReadable(properties)) {
            throw new IllegalStateException(properties + ": not found in "
                    + Path.of("").toAbsolutePath() + " (expected: the gateway's properties; start it where they are)");
        }
        try (InputStream in = Files.newInputStream(properties)) {
            file.load(in);
        }
        for (String name : new String[] {LogFormat.PROPERTY, LogFormat.LEVEL}) {
            String environment = System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_'));
            String value = System.getProperty(name, environment != null ? environment : file.getProperty(name, ""));
            System.setProperty(name, value);
        }
        // Pictures are transformed without a screen, also where DISPLAY names one that cannot be reached.
        System.setProperty("java.awt.headless", "true");
    }

    private void requireRoutes() throws IOException {
        if (Files.isDirectory(routes)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(routes, ROUTES)) {
                if (files.iterator().hasNext()) {
                    return;
                }
            }
        }
        throw new IllegalStateException(
                routes + "/" + ROUTES + ": none in " + Path.of("").toAbsolutePath() + " (expected: at least one)");
    }

    /** What happens beside the routes while the gateway starts, runs and stops. */
    private final class Lifecycle extends MainListenerSupport {

        private final Logger log = LoggerFactory.getLogger("io.framegate");
        private final Instant started = Instant.now();
        private @Nullable InFlight inFlight;
        private @Nullable RouteReload reload;

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            Path images = Path.of(property(context, "framegate.images.directory"));
            String host = property(context, "framegate.camera.host");
            for (String name : PORTS) {
                ListenAddress.check(host, name, property(context, name));
            }
            requireWritable(
                    "framegate.quarantine.directory", Path.of(property(context, "framegate.quarantine.directory")));
            String memory = property(context, "framegate.intake.memory");
            ImageCounter counter = new ImageCounter(images);
            InFlight packets = new InFlight(
                    ByteSize.parseOrPartOf(memory, Runtime.getRuntime().maxMemory()));
            inFlight = packets;
            RouteReload watch = new RouteReload(context, routes, packets);
            watch.beforeLoading();
            reload = watch;
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopped(CamelContext stopped) {
                    // The last moment before a process that was told to stop is gone.
                    counter.close();
                    log.info("stopped");
                }
            });
            context.getRegistry().bind("imageCounter", counter);
            context.getRegistry().bind("imageFile", new ImageFile(images));
            context.getRegistry().bind("inFlight", packets);
        }

        @Override
        public void afterStart(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            if (context.getRoutes().isEmpty()) {
                noRoute = new IllegalStateException(routes + "/" + ROUTES + ": no route (expected: at least one)");
                ((Main) main).completed();
                return;
            }
            for (Route route : context.getRoutes()) {
                Endpoint endpoint = route.getEndpoint();
                if (endpoint.getEndpointUri().startsWith("netty:")) {
                    log.atInfo()
                            .addKeyValue("route", route.getRouteId())
                            .addKeyValue(
                                    "address", endpoint.getEndpointBaseUri().replace("netty://tcp://", ""))
                            .log("listening");
                }
            }
            new Thread(() -> sweep(context), "framegate-sweep").start();
            Objects.requireNonNull(reload).start();
        }

        /** Beside the running routes, because a directory of a million images takes its time. */
        private void sweep(CamelContext context) {
            for (String property : DIRECTORIES) {
                Path directory = Path.of(property(context, property));
                try {
                    int swept = Files.isDirectory(directory) ? new ImageFile(directory).sweep(started) : 0;
                    if (swept > 0) {
                        log.atInfo()
                                .addKeyValue("directory", directory)
                                .addKeyValue("files", swept)
                                .log("temporary files of an earlier run deleted");
                    }
                } catch (IOException e) {
                    log.atWarn().addKeyValue("failure", e.toString()).log("temporary files not deleted");
                }
            }
        }

        @Override
        public void beforeStop(BaseMainSupport main) {
            if (reload != null) {
                reload.close();
            }
            InFlight packets = inFlight;
            if (packets == null) {
                return;
            }
            // What was received whole is finished; what a camera sends from now on stays with it.
            packets.drain();
            try {
                if (!packets.awaitIdle(Duration.ofSeconds(20))) {
                    log.atWarn().addKeyValue("packets", packets.packets()).log("stopping with packets in the routes");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void requireWritable(String property, Path directory) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(property + ": " + directory + " cannot be made (expected: writable)", e);
            }
            if (!Files.isWritable(directory)) {
                throw new IllegalStateException(property + ": " + directory + " (expected: writable)");
            }
        }

        private String property(CamelContext context, String name) {
            return context.resolvePropertyPlaceholders("{{" + name + "}}");
        }
    }
}
