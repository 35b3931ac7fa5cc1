package io.framegate.reload;

import io.framegate.settings.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The texts of route files before Camel reads them. Finds the properties that they use and the targets that they create
 * from a template. {@link RouteNames} finds the names that they define.
 *
 * @param files contents by path; if two files define a name, the problem is in the later one
 */
public record RouteTexts(Map<Path, String> files) {

    /** The pattern of the names of route files. */
    public static final String PATTERN = "*.camel.yaml";

    /** The beginning of each entry of a file. */
    static final Pattern TOP_LEVEL = Pattern.compile("(?m)^(?=- )");

    private static final String TARGET = "{{target}}";
    private static final Pattern PROPERTY =
            Pattern.compile("\\{\\{[?!]{0,2}(framegate\\.(?:[a-z0-9.-]|\\{\\{target}})+)");
    private static final String DELIVER = "deliver-";

    public RouteTexts {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Reads the files of a directory. */
    public static RouteTexts read(Path directory) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PATTERN)) {
            for (Path file : found) {
                if (!Files.isDirectory(file)) {
                    files.put(file, new String(bytes(file), StandardCharsets.UTF_8));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new RouteTexts(files);
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return SmallFile.read(file);
        } catch (SmallFile.RefusedException e) {
            throw new IOException(file + " (expected: a file of routes, " + e.getMessage() + ")", e);
        }
    }

    /**
     * Finds faults that Camel accepts silently, or refuses without naming both files: files without a list, names that
     * are defined twice, and route configurations that no file defines.
     */
    public List<RouteProblem> problems() {
        List<RouteProblem> problems = new ArrayList<>();
        files.forEach((file, text) -> {
            if (!TOP_LEVEL.matcher(text).find() && !isResource(parsed(text))) {
                String reason = "no list (expected: entries like - route: or - beans:)";
                problems.add(new RouteProblem(Objects.toString(file.getFileName()), 1, null, reason));
            }
        });
        problems.addAll(RouteNames.in(files).problems());
        return problems;
    }

    /** Returns whether the file is a list, a resource of Kubernetes, or unparsable, which Camel refuses itself. */
    private static boolean isResource(@Nullable Object parsed) {
        return parsed == null
                || parsed instanceof List
                || (parsed instanceof Map<?, ?> map && map.containsKey("apiVersion"));
    }

    /** Returns the names of the gateway's properties in all files. */
    public Set<String> properties() {
        Set<String> names = new TreeSet<>();
        Set<String> targets = targets().keySet();
        for (String text : files.values()) {
            Matcher property = PROPERTY.matcher(text);
            while (property.find()) {
                String name = property.group(1);
                if (name.contains(TARGET)) {
                    targets.forEach(target -> names.add(name.replace(TARGET, target)));
                } else {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Returns the targets that are created from a template {@code deliver-<kind>}, each with its kind. */
    public Map<String, String> targets() {
        Map<String, String> kinds = new TreeMap<>();
        files.values().forEach(text -> TemplatedRoute.in(text).forEach(route -> {
            if (route.template().startsWith(DELIVER) && route.target() != null) {
                kinds.put(route.target(), route.template().substring(DELIVER.length()));
            }
        }));
        return kinds;
    }

    /** Parses a text as YAML. Returns null if it is not valid YAML. */
    static @Nullable Object parsed(String part) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(part);
        } catch (YamlEngineException e) {
            // Camel reports the error with the file's name.
            return null;
        }
    }
}
