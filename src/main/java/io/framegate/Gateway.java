package io.framegate;

import io.framegate.log.LogFormat;
import io.framegate.log.OutOfMemory;
import io.framegate.reload.RouteTexts;
import io.framegate.reload.StartFailure;
import io.framegate.settings.Catalogue;
import io.framegate.settings.Sources;
import io.framegate.settings.TracingSettings;
import io.framegate.settings.WebSettings;
import io.framegate.watch.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/**
 * Runs the gateway: reads the properties, makes the parts that routes share, loads the routes, and watches them. It
 * never comes up half: the log says in one line what is missing, and the process ends with an error.
 */
final class Gateway {

    /** The configuration is wrong: as sysexits.h has it, so that service managers need not try again. */
    static final int CONFIGURATION = 78;

    private static final int MACHINE = 1;

    private final Places places;

    Gateway(Places places) {
        this.places = places;
    }

    /** Where the files of an installation are, and properties of the command line. */
    static final class Places {

        @Option(
                names = "--config",
                paramLabel = "FILE",
                defaultValue = "${env:FRAMEGATE_CONFIG:-application.properties}",
                description = "The properties (default: $FRAMEGATE_CONFIG, else application.properties).")
        private Path config = Path.of("application.properties");

        @Option(
                names = "--routes",
                paramLabel = "DIR",
                defaultValue = "${env:FRAMEGATE_ROUTES:-routes}",
                description = "The route files (default: $FRAMEGATE_ROUTES, else routes).")
        private Path routes = Path.of("routes");

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:FRAMEGATE_DATA}",
                description = "Images, outbox, quarantine, thumbnails and delivered files are below this directory, if"
                        + " theirs are relative (default: $FRAMEGATE_DATA, else here).")
        private @Nullable Path data;

        @Option(
                names = "-D",
                paramLabel = "<name>=<value>",
                mapFallbackValue = "true",
                description = "Overrides a property, as it does before -jar.")
        void override(Map<String, String> properties) {
            properties.forEach(System::setProperty);
        }

        Path config() {
            return config;
        }

        Path routes() {
            return routes;
        }

        /** The directory above relative ones; null if they are below the working directory. */
        @Nullable
        Path data() {
            return data;
        }
    }

    /** What an operator has written, read before Camel reads it. */
    record Plan(Places places, Sources sources, RouteTexts routes, Catalogue catalogue) {

        static Plan read(Places places) throws IOException {
            Path here = Path.of("").toAbsolutePath();
            if (!Files.isReadable(places.config())) {
                throw new IllegalArgumentException(places.config() + ": not found in " + here
                        + " (expected: the gateway's properties; start it where they are)");
            }
            Sources sources = Sources.read(places.config());
            RouteTexts routes = RouteTexts.read(places.routes());
            if (routes.files().isEmpty()) {
                throw new IllegalArgumentException(
                        places.routes() + "/" + RouteTexts.PATTERN + ": none in " + here + " (expected: at least one)");
            }
            Catalogue catalogue = Catalogue.of(routes.targets(), routes.properties(), sources.names());
            return new Plan(places, sources, routes, catalogue);
        }

        /** Camel with these properties and routes. */
        Main main() throws IOException {
            Properties camel = new Properties();
            try (InputStream in = Objects.requireNonNull(Gateway.class.getResourceAsStream("camel.properties"))) {
                camel.load(in);
            }
            Map<String, String> defaults = catalogue.defaults();
            camel.stringPropertyNames().forEach(name -> defaults.put(name, camel.getProperty(name)));
            Properties initial = new Properties();
            initial.putAll(sources.over(defaults, catalogue.secrets()));
            Main main = new Main();
            // Camel would read the file as ISO 8859-1.
            main.setDefaultPropertyPlaceholderLocation("false");
            main.setInitialProperties(initial);
            main.configure()
                    .withRoutesIncludePattern("file:" + places.routes() + "/" + RouteTexts.PATTERN)
                    .withName("framegate")
                    .withAutoConfigurationLogSummary(false)
                    .withShutdownTimeout(20);
            return main;
        }
    }

    /** Runs until the process is stopped; the exit code. */
    int run() {
        Plan plan;
        try {
            plan = Plan.read(places);
        } catch (IOException | IllegalArgumentException e) {
            return failed(e, CONFIGURATION);
        }
        configureLog(plan.sources());
        OutOfMemory.watch();
        WebServer web = plan.sources().value(WebSettings.ENABLED).equals("true") ? WebServer.begin() : null;
        Lifecycle lifecycle = new Lifecycle(plan, web);
        try {
            Main main = plan.main();
            main.addMainListener(lifecycle);
            main.run();
            IllegalStateException failure = lifecycle.failure();
            return failure == null ? main.getExitCode() : failed(failure, CONFIGURATION);
        } catch (Exception e) {
            boolean ofMachine = lifecycle.isMakingParts() || StartFailure.isOfMachine(e);
            return failed(e, ofMachine ? MACHINE : CONFIGURATION);
        } finally {
            if (web != null) {
                web.close();
            }
        }
    }

    private int failed(Exception failure, int exitCode) {
        Logger log = LoggerFactory.getLogger("io.framegate");
        StartFailure.describe(failure, places.routes()).forEach(line -> log.error("cannot start: {}", line));
        return exitCode;
    }

    private static void configureLog(Sources sources) {
        List.of(WebSettings.LOG_FORMAT, WebSettings.LOG_LEVEL, WebSettings.LOGGERS, TracingSettings.ENABLED)
                .forEach(setting -> System.setProperty(setting.name(), sources.value(setting)));
        // Before there is another thread: SLF4J would write lines of its own about what that says meanwhile.
        LoggerFactory.getILoggerFactory();
        List<String> refused = LogFormat.refused(sources.value(WebSettings.LOGGERS));
        if (!refused.isEmpty()) {
            LoggerFactory.getLogger("io.framegate")
                    .atWarn()
                    .addKeyValue(WebSettings.LOGGERS.name(), String.join(", ", refused))
                    .log("loggers stay at INFO, they would write passwords");
        }
        // Pictures are transformed without a screen, also where DISPLAY names one that cannot be reached.
        System.setProperty("java.awt.headless", "true");
    }
}
