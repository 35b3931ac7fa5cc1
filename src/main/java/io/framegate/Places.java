package io.framegate;

import io.framegate.reload.RouteTexts;
import io.framegate.tool.GivenPath;
import io.framegate.tool.init.ShippedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import picocli.CommandLine.Option;

/**
 * Locates the files of an installation, and takes properties from the command line.
 *
 * <p>If no option names the properties or the routes, and the working directory has none, the gateway uses the files
 * inside the jar. A named file that does not exist is an error, and so is a file or directory that is unreadable or
 * empty: after a typo, or without a mounted volume, the gateway must not start and store its images elsewhere.
 */
final class Places {

    /** The option that sets a property. It takes effect at any position of the command line. */
    static final String PROPERTY = "-D";

    private static final Path CONFIG = Path.of(ShippedFiles.PROPERTIES);
    private static final Path ROUTES = Path.of(ShippedFiles.ROUTES);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = GivenPath.class,
            description =
                    "The properties (default: $FRAMEGATE_CONFIG, else application.properties, else the defaults).")
    private @Nullable Path config = GivenPath.ofEnvironment("FRAMEGATE_CONFIG");

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            converter = GivenPath.class,
            description = "The route files (default: $FRAMEGATE_ROUTES, else routes, else those inside the jar).")
    private @Nullable Path routes = GivenPath.ofEnvironment("FRAMEGATE_ROUTES");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            converter = GivenPath.class,
            description = "Images, outbox, quarantine, thumbnails and delivered files are below this directory, if"
                    + " theirs are relative (default: $FRAMEGATE_DATA, else here).")
    private @Nullable Path data = GivenPath.ofEnvironment("FRAMEGATE_DATA");

    private boolean shippedRoutes;

    @Option(
            names = PROPERTY,
            paramLabel = "<name>=<value>",
            mapFallbackValue = "true",
            description = "Overrides a property, as it does before -jar.")
    void override(Map<String, String> properties) {
        properties.forEach(System::setProperty);
    }

    Path config() {
        return config == null ? CONFIG : config;
    }

    Path routes() {
        return routes == null ? ROUTES : routes;
    }

    /** Returns the directory above relative directories, or null if this is the working directory. */
    @Nullable
    Path data() {
        return data;
    }

    /** Returns whether all properties have their defaults, because there is no properties file. */
    boolean hasNoConfig() {
        return config == null && isAbsent(CONFIG);
    }

    /** Returns whether {@link #readRoutes} has read the routes inside the jar. */
    boolean hasShippedRoutes() {
        return shippedRoutes;
    }

    /**
     * Returns the properties file. Throws an {@link IllegalArgumentException} if a required file is missing or a
     * directory.
     */
    Path existingConfig() {
        Path file = config();
        if (!hasNoConfig() && (!Files.exists(file) || Files.isDirectory(file))) {
            throw new IllegalArgumentException(
                    file + (Files.isDirectory(file) ? ": a directory" : ": not found in " + here())
                            + " (expected: the file of the gateway's properties; start it where they are)");
        }
        return file;
    }

    /**
     * Reads the route files, or those inside the jar. Throws an {@link IllegalArgumentException} if the directory has
     * none.
     */
    RouteTexts readRoutes() throws IOException {
        shippedRoutes = routes == null && isAbsent(ROUTES);
        if (shippedRoutes) {
            Map<Path, String> shipped = new TreeMap<>();
            ShippedFiles.routes()
                    .forEach((file, text) -> shipped.put(shownRoutes().resolve(file), text));
            return new RouteTexts(shipped);
        }
        RouteTexts texts = Files.isDirectory(routes()) ? RouteTexts.read(routes()) : new RouteTexts(Map.of());
        if (texts.files().isEmpty()) {
            throw new IllegalArgumentException(routes() + "/" + RouteTexts.PATTERN + ": none in " + here()
                    + " (expected: at least one; java -jar framegate.jar init writes those inside the jar)");
        }
        return texts;
    }

    /** Returns the pattern with which Camel finds the same route files. */
    String routesPattern() throws IOException {
        return shippedRoutes
                ? ShippedFiles.routes().keySet().stream()
                        .map(file -> "classpath:" + ShippedFiles.FOLDER + ShippedFiles.ROUTES + "/" + file)
                        .collect(Collectors.joining(","))
                : "file:" + routes() + "/" + RouteTexts.PATTERN;
    }

    /** Returns the path of the routes for messages. */
    Path shownRoutes() {
        return shippedRoutes ? Path.of("framegate.jar!/" + ShippedFiles.FOLDER + ShippedFiles.ROUTES) : routes();
    }

    /** Logs which files are missing in the working directory, so that the gateway uses the files inside the jar. */
    void logWhatServes(Logger log) {
        if (shippedRoutes) {
            String what = hasNoConfig() ? "no application.properties and no routes" : "no routes";
            log.atInfo()
                    .addKeyValue("directory", here())
                    .log(what + " here: those inside the jar serve; to edit them run `java -jar framegate.jar init`"
                            + " and restart");
        } else if (hasNoConfig()) {
            log.atInfo().addKeyValue("directory", here()).log("no application.properties here: all defaults serve");
        }
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    /** A dangling link and an inaccessible directory do not count as absent. */
    private static boolean isAbsent(Path file) {
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
