package io.framegate.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.support.PatternHelper;

/**
 * The names that route files define, and the route configurations that they use. Immutable.
 *
 * @param definitions in the order of the files; if two files define a name, the problem is in the later one
 */
record RouteNames(List<Definition> definitions) {

    private static final String CONFIGURATION = "routeConfiguration";
    private static final String USE = "routeConfigurationId";

    /** The kind of name that each entry of a file defines. */
    private static final Map<String, String> KINDS = Map.of(
            "- route:", "route",
            "- templatedRoute:", "route",
            "- routeTemplate:", "template",
            "- routeConfiguration:", CONFIGURATION,
            "- beans:", "bean");

    private static final Pattern KEY = Pattern.compile("( +(?:- )?)(\\w+):(.*)");
    private static final Pattern VALUE = Pattern.compile(" +[\"']?([^\"'{}#\\s]+)[\"']?\\s*(?:#.*)?");

    /** A line that defines a name, or a line of a route that uses a configuration. */
    record Definition(String kind, String name, String file, int line) {

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

    /** Reads files line by line: parsing them all would take a tenth of every start. */
    static RouteNames in(Map<Path, String> files) {
        List<Definition> definitions = new ArrayList<>();
        files.forEach((file, text) -> add(definitions, Objects.toString(file.getFileName()), text));
        return new RouteNames(definitions);
    }

    private static void add(List<Definition> definitions, String file, String text) {
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
                    definitions.add(new Definition(use ? USE : kind, value.group(1), file, number));
                }
            }
        }
    }

    /** Returns the problems: names that are defined twice, and route configurations that no file defines. */
    List<RouteProblem> problems() {
        List<RouteProblem> problems = new ArrayList<>();
        Map<String, Definition> first = new HashMap<>();
        for (Definition one : definitions) {
            if (one.kind().equals(USE)) {
                if (definitions.stream().noneMatch(one::uses)) {
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

    /** Returns the names of the beans and templates that these files define for other files. */
    Set<String> shared() {
        return definitions.stream()
                .filter(one -> one.kind().equals("bean") || one.kind().equals("template"))
                .map(Definition::name)
                .collect(Collectors.toSet());
    }
}
