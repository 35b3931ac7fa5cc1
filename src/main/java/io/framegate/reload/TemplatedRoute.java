package io.framegate.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route that a file creates from a template. It is read from the file, because Camel (4.18) does not record the
 * source of such a route.
 *
 * @param target the value of its parameter {@code target}
 */
record TemplatedRoute(String id, String template, @Nullable String target) {

    /** Returns the routes that this text of a file creates from templates. Parses only the entries that create them. */
    static List<TemplatedRoute> in(String text) {
        List<TemplatedRoute> routes = new ArrayList<>();
        for (String part : RouteTexts.TOP_LEVEL.split(text, -1)) {
            if (part.startsWith("- templatedRoute:")
                    && RouteTexts.parsed(part) instanceof List<?> items
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

    private static @Nullable String target(@Nullable Object parameters) {
        String target = null;
        for (Object one : parameters instanceof List<?> all ? all : List.of()) {
            if (one instanceof Map<?, ?> parameter && "target".equals(parameter.get("name"))) {
                target = String.valueOf(parameter.get("value"));
            }
        }
        return target;
    }
}
