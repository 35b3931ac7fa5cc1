package io.framegate.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
 * What route files say before Camel reads them: which properties they use, and which targets they make of a template.
 * To parse all files would cost a tenth of every start, so only the few lines that make a route of a template are
 * parsed.
 *
 * @param files contents by path
 */
public record RouteTexts(Map<Path, String> files) {

    /** The route files of a directory. */
    public static final String PATTERN = "*.camel.yaml";

    private static final String TARGET = "{{target}}";
    private static final Pattern PROPERTY =
            Pattern.compile("\\{\\{[?!]{0,2}(framegate\\.(?:[a-z0-9.-]|\\{\\{target}})+)");
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^(?=- )");
    private static final String DELIVER = "deliver-";

    /** A route made of a template, and the value of its parameter {@code target}. */
    record TemplatedRoute(String id, String template, @Nullable String target) {}

    public RouteTexts {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** Reads the files of a directory; none if it does not exist. */
    public static RouteTexts read(Path directory) throws IOException {
        return new RouteTexts(Files.isDirectory(directory) ? RouteFiles.read(directory) : Map.of());
    }

    /** Names of the gateway's properties that are used in any file. */
    public Set<String> properties() {
        Set<String> names = new TreeSet<>();
        for (String text : files.values()) {
            Matcher property = PROPERTY.matcher(text);
            while (property.find()) {
                String name = property.group(1);
                if (name.contains(TARGET)) {
                    targets().keySet().forEach(target -> names.add(name.replace(TARGET, target)));
                } else {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The targets that are made of a template {@code deliver-<kind>}, each with its kind. */
    public Map<String, String> targets() {
        Map<String, String> kinds = new TreeMap<>();
        files.values().forEach(text -> templatedRoutes(text).forEach(route -> {
            if (route.template().startsWith(DELIVER) && route.target() != null) {
                kinds.put(route.target(), route.template().substring(DELIVER.length()));
            }
        }));
        return kinds;
    }

    /**
     * The routes that a file makes of templates. Read from the file, because such a route (Camel 4.18) does not know
     * where it comes from.
     */
    static List<TemplatedRoute> templatedRoutes(String text) {
        List<TemplatedRoute> routes = new ArrayList<>();
        for (String part : TOP_LEVEL.split(text, -1)) {
            if (part.startsWith("- templatedRoute:")
                    && parsed(part) instanceof List<?> items
                    && items.get(0) instanceof Map<?, ?> item
                    && item.get("templatedRoute") instanceof Map<?, ?> route) {
                routes.add(new TemplatedRoute(
                        String.valueOf(route.get("routeId")),
                        String.valueOf(route.get("routeTemplateRef")),
                        target(route.get("parameters"))));
            }
        }
        return routes;
    }

    private static @Nullable Object parsed(String part) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(part);
        } catch (YamlEngineException e) {
            // Camel says it with the file's name.
            return null;
        }
    }

    private static @Nullable String target(@Nullable Object parameters) {
        String target = null;
        if (parameters instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> parameter && "target".equals(parameter.get("name"))) {
                    target = String.valueOf(parameter.get("value"));
                }
            }
        }
        return target;
    }
}
