package io.framegate;

import io.framegate.log.LogFormat;
import io.framegate.watch.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.slf4j.LoggerFactory;

/**
 * Runs the gateway: reads the properties, makes what lives as long as the process does, loads the routes, and watches them.
 * It never comes up half: whatever is missing is said in one line, and the process ends with an error.
 */
final class Gateway {

    private static final String ROUTES = "*.camel.yaml";
    private static final String WEB = "framegate.web.enabled";

    private final Path properties;
    private final Path routes;

    private Gateway(Path properties, Path routes) {
        this.properties = properties;
        this.routes = routes;
    }

    static Gateway inWorkingDirectory() {
        return new Gateway(Path.of("application.properties"), Path.of("routes"));
    }

    /** Runs until the process is stopped; the exit code. */
    int run() {
        WebServer web;
        try {
            Properties file = read();
            configureLog(file);
            requireRoutes();
            web = early(file, WEB).strip().equals("true") ? WebServer.begin() : null;
        } catch (IOException | IllegalStateException e) {
            return failed(e);
        }
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("file:" + properties);
        main.configure()
                .withRoutesIncludePattern("file:" + routes + "/" + ROUTES)
                .withName("framegate")
                .withAutoConfigurationLogSummary(false)
                .withShutdownTimeout(20);
        Lifecycle lifecycle = new Lifecycle(routes, web);
        main.addMainListener(lifecycle);
        try {
            main.run();
            IllegalStateException failure = lifecycle.failure();
            return failure == null ? main.getExitCode() : failed(failure);
        } catch (Exception e) {
            return failed(e);
        } finally {
            if (web != null) {
                web.close();
            }
        }
    }

    private int failed(Exception failure) {
        LoggerFactory.getLogger("io.framegate").error("cannot start: {}", StartFailure.describe(failure, routes));
        return 1;
    }

    private Properties read() throws IOException {
        Properties file = new Properties();
        if (!Files.isReadable(properties)) {
            throw new IllegalStateException(properties + ": not found in "
                    + Path.of("").toAbsolutePath() + " (expected: the gateway's properties; start it where they are)");
        }
        try (InputStream in = Files.newInputStream(properties)) {
            file.load(in);
        }
        return file;
    }

    /** What is needed before Camel reads the properties. */
    private static String early(Properties file, String name) {
        String environment = System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_'));
        return System.getProperty(name, environment != null ? environment : file.getProperty(name, ""));
    }

    private static void configureLog(Properties file) {
        for (String name : new String[] {LogFormat.PROPERTY, LogFormat.LEVEL, TracingChecks.ENABLED}) {
            System.setProperty(name, early(file, name));
        }
        // Before there is another thread: SLF4J would write lines of its own about what that says meanwhile.
        LoggerFactory.getILoggerFactory();
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
}
