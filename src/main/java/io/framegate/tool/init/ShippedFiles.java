package io.framegate.tool.init;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The properties and routes inside the jar. The build copies them from the directories in which they are edited. */
public final class ShippedFiles {

    /** The folder of the class path that has the files. */
    public static final String FOLDER = "io/framegate/";

    public static final String PROPERTIES = "application.properties";
    public static final String ROUTES = "routes";

    private static final String ENDING = ".camel.yaml";

    private ShippedFiles() {}

    /** The text of the properties, in which every line is a comment. */
    public static String properties() throws IOException {
        return text(PROPERTIES);
    }

    /** The texts of the route files, sorted by name: {@code store.camel.yaml}. */
    public static Map<String, String> routes() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String file : names()) {
            texts.put(file, text(ROUTES + "/" + file));
        }
        return texts;
    }

    /** A class path cannot be listed; the jar or directory that has the properties can. */
    private static List<String> names() throws IOException {
        URL properties = resource(PROPERTIES);
        URLConnection connection = properties.openConnection();
        if (connection instanceof JarURLConnection jar) {
            String folder = FOLDER + ROUTES + "/";
            return routeFiles(jar.getJarFile().stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(folder))
                    .map(name -> name.substring(folder.length())));
        }
        try (Stream<Path> files = Files.list(Path.of(properties.toURI()).resolveSibling(ROUTES))) {
            return routeFiles(files.map(file -> Objects.toString(file.getFileName())));
        } catch (URISyntaxException e) {
            throw new IOException(properties + ": routes beside it cannot be listed", e);
        }
    }

    private static List<String> routeFiles(Stream<String> names) {
        return names.filter(name -> name.endsWith(ENDING)).toList();
    }

    private static String text(String file) throws IOException {
        try (InputStream in = resource(file).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static URL resource(String file) {
        return Objects.requireNonNull(ShippedFiles.class.getResource("/" + FOLDER + file), file);
    }
}
