package io.framegate.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/** Finds what is wrong with route files, each by itself, where a context could not load all of them together. */
public final class RouteCheck {

    private RouteCheck() {}

    /**
     * One line for each file that cannot be loaded, {@code store.camel.yaml, line 12: <reason>}.
     *
     * @param context has the properties and beans that all files share; its own routes do not matter
     */
    public static List<String> problems(CamelContext context, Map<Path, String> files) {
        Map<Path, String> shared = new TreeMap<>(files);
        shared.values().removeIf(text -> !text.contains("- routeTemplate:") && !text.contains("- routeConfiguration:"));
        List<String> problems = problems(context, shared, Map.of());
        if (problems.isEmpty()) {
            Map<Path, String> others = new TreeMap<>(files);
            others.keySet().removeAll(shared.keySet());
            problems.addAll(problems(context, others, shared));
        }
        return problems;
    }

    private static List<String> problems(CamelContext context, Map<Path, String> files, Map<Path, String> shared) {
        List<String> problems = new ArrayList<>();
        RouteTrial trial = new RouteTrial(context);
        files.forEach((file, content) -> {
            try {
                trial.parse(file, content, shared);
            } catch (Exception e) {
                problems.add(RouteProblem.ofEdit(e, file, content, "").toString());
            }
        });
        return problems;
    }
}
