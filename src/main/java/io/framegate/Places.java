package io.framegate;

import io.framegate.reload.RouteTexts;
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
 * Where the files of an installation are, and properties of the command line.
 *
 * <p>If nobody has said where the properties or the routes are, and there are none in the working directory, those
 * inside the jar serve. A place that was given, and one that exists and cannot be read or is empty, is an error: a typo
 * and a volume that is not mounted must not start a gateway that stores its images elsewhere.
 */
final class Places {

    /** The option of a property, which takes effect wherever it stands. */
    static final String PROPERTY = "-D";

    private static final Path CONFIG = Path.of(ShippedFiles.PROPERTIES);
    private static final Path ROUTES = Path.of(ShippedFiles.ROUTES);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:FRAMEGATE_CONFIG}",
            description =
                    "The properties (default: $FRAMEGATE_CONFIG, else application.properties, else the defaults).")
    private @Nullable Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            defaultValue = "${env:FRAMEGATE_ROUTES}",
            description = "The route files (default: $FRAMEGATE_ROUTES, else routes, else those inside the jar).")
    private @Nullable Path routes;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:FRAMEGATE_DATA}",
            description = "Images, outbox, quarantine, thumbnails and delivered files are below this directory, if"
                    + " theirs are relative (default: $FRAMEGATE_DATA, else here).")
    private @Nullable Path data;

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

    /** The directory above relative ones; null if they are below the working directory. */
    @Nullable
    Path data() {
        return data;
    }

    /** Whether the defaults serve, because there is no file of properties. */
    boolean hasNoConfig() {
        return config == null && isAbsent(CONFIG);
    }

    /** Whether the routes are those inside the jar, since the routes were read. */
    boolean hasShippedRoutes() {
        return shippedRoutes;
    }

    /** The file of properties; throws if it should exist and does not. */
    Path existingConfig() {
        Path file = config();
        if (!hasNoConfig() && (!Files.exists(file) || Files.isDirectory(file))) {
            throw new IllegalArgumentException(
                    file + (Files.isDirectory(file) ? ": a directory" : ": not found in " + here())
                            + " (expected: the file of the gateway's properties; start it where they are)");
        }
        return file;
    }

    /** Reads the route files, or those inside the jar; throws if there should be some and are none. */
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

    /** The pattern by which Camel finds the route files that were read. */
    String routesPattern() throws IOException {
        return shippedRoutes
                ? ShippedFiles.routes().keySet().stream()
                        .map(file -> "classpath:" + ShippedFiles.FOLDER + ShippedFiles.ROUTES + "/" + file)
                        .collect(Collectors.joining(","))
                : "file:" + routes() + "/" + RouteTexts.PATTERN;
    }

    /** Where the routes are, for messages. */
    Path shownRoutes() {
        return shippedRoutes ? Path.of("framegate.jar!/" + ShippedFiles.FOLDER + ShippedFiles.ROUTES) : routes();
    }

    /** Says what of the working directory is missing, so that what is inside the jar serves. */
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

    /** A link to nothing, and a directory that cannot be entered, are not absent. */
    private static boolean isAbsent(Path file) {
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
