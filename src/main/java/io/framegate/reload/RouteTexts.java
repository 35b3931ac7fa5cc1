package io.framegate.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What route files say before Camel reads them: which properties they use, which targets they make of a template, and
 * which names they define. To parse all files would cost a tenth of every start, so only the few lines that make a
 * route of a template are parsed.
 *
 * @param files contents by path; of two files that define a name, the later one is to blame
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

    private static final String CONFIGURATION = "routeConfiguration";
    private static final String USE = "routeConfigurationId";

    /** What the entries of a file define. */
    private static final Map<String, String> KINDS = Map.of(
            "- route:", "route",
            "- templatedRoute:", "route",
            "- routeTemplate:", "template",
            "- routeConfiguration:", CONFIGURATION,
            "- beans:", "bean");

    private static final Pattern KEY = Pattern.compile("( +(?:- )?)(\\w+):(.*)");
    private static final Pattern VALUE = Pattern.compile(" +[\"']?([^\"'{}#\\s]+)[\"']?\\s*(?:#.*)?");

    /** A line that defines a name, or one of a route that uses a configuration. */
    private record Definition(String kind, String name, String file, int line) {

        String what() {
            return kind + " " + name;
        }

        boolean uses(Definition other) {
            return other.kind.equals(CONFIGURATION) && PatternHelper.matchPatterns(other.name, name.split(",", -1));
        }

        RouteProblem problem(String reason) {
            return new RouteProblem(file, line, null, what() + ": " + reason);
        }
    }

    public RouteTexts {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Reads the files of a directory. */
    public static RouteTexts read(Path directory) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PATTERN)) {
            for (Path file : found) {
                if (!Files.isDirectory(file)) {
                    files.put(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new RouteTexts(files);
    }

    /**
     * Finds what Camel accepts without a word, or refuses without naming both files: files without a list, names that
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
        List<Definition> all = definitions();
        Map<String, Definition> first = new HashMap<>();
        for (Definition one : all) {
            if (one.kind().equals(USE)) {
                if (all.stream().noneMatch(one::uses)) {
                    problems.add(one.problem("not found (expected: the id of a routeConfiguration)"));
                }
            } else if (!one.kind().equals(CONFIGURATION)) {
                Definition other = first.putIfAbsent(one.what(), one);
                if (other != null) {
                    problems.add(
                            one.problem("also in " + other.file() + ", line " + other.line() + " (expected: once)"));
                }
            }
        }
        return problems;
    }

    /** A list, a resource of Kubernetes, or nothing that can be parsed, which Camel refuses itself. */
    private static boolean isResource(@Nullable Object parsed) {
        return parsed == null
                || parsed instanceof List
                || (parsed instanceof Map<?, ?> map && map.containsKey("apiVersion"));
    }

    /** Names of the beans and templates that these files define for others. */
    Set<String> names() {
        return definitions().stream()
                .filter(one -> one.kind().equals("bean") || one.kind().equals("template"))
                .map(Definition::name)
                .collect(Collectors.toSet());
    }

    /** Reads line by line, because most files are never parsed here. */
    private List<Definition> definitions() {
        List<Definition> definitions = new ArrayList<>();
        files.forEach((file, text) -> {
            String kind = "";
            int depth = 0;
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                Matcher key = KEY.matcher(line);
                if (line.startsWith("- ")) {
                    kind = KINDS.getOrDefault(line.strip(), "");
                    depth = 0;
                } else if (key.matches()) {
                    depth = depth == 0 ? key.end(1) : depth;
                    boolean use = key.group(2).equals(USE);
                    boolean name = kind.equals("bean")
                            ? key.group(2).equals("name")
                            : key.group(2).matches("id|routeId");
                    Matcher value = VALUE.matcher(key.group(3));
                    if ((use || (name && key.end(1) == depth && !kind.isEmpty())) && value.matches()) {
                        definitions.add(new Definition(
                                use ? USE : kind, value.group(1), Objects.toString(file.getFileName()), number));
                    }
                }
            }
        });
        return definitions;
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
