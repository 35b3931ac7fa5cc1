package io.framegate.reload;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** Knows the file of each running route; replaces and removes the routes of a file. Not thread-safe. */
final class RouteFiles {

    private final CamelContext context;
    private final Map<Path, String> contents = new HashMap<>();

    RouteFiles(CamelContext context) {
        this.context = context;
    }

    /** Records a file whose routes are running. */
    void loaded(Path file, String content) {
        contents.put(file, content);
    }

    /** Returns the files with running routes. */
    Set<Path> paths() {
        return Set.copyOf(contents.keySet());
    }

    /** Returns the content from which the file's running routes were created; empty if it has none. */
    String contentOf(Path file) {
        return contents.getOrDefault(file, "");
    }

    /** Returns the ids of all routes from other files. */
    Set<String> otherRoutes(Path file) {
        Set<String> ids = running();
        ids.removeAll(routesOf(file));
        return ids;
    }

    private Set<String> running() {
        return context.getRoutes().stream().map(Route::getRouteId).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Replaces the routes of a file. If that fails, restores the old ones. */
    String replace(Path file, String content) throws Exception {
        try {
            String summary = update(file, content);
            contents.put(file, content);
            return summary;
        } catch (Exception e) {
            removeRoutes(routesOf(file, content));
            String old = contents.get(file);
            if (old == null) {
                remove(file);
            } else {
                update(file, old);
            }
            throw e;
        }
    }

    /** Removes all routes of the file before it adds the new ones, so that routes may swap ids and endpoints. */
    private String update(Path file, String content) throws Exception {
        Set<String> gone = routesOf(file);
        removeRoutes(gone);
        Map<Path, String> others = configuredBy(file, content);
        for (Path other : others.keySet()) {
            removeRoutes(routesOf(other));
        }
        removeTemplates(file);
        Set<String> running = load(file, content);
        gone.removeAll(running);
        for (Map.Entry<Path, String> other : others.entrySet()) {
            // A route reads its error policy, and its template, only when it is created.
            load(other.getKey(), other.getValue());
        }
        return String.join(",", running) + (gone.isEmpty() ? "" : ", removed " + String.join(",", gone));
    }

    private Set<String> load(Path file, String content) throws Exception {
        Set<String> before = running();
        Resource resource = ResourceHelper.fromString("file:" + file, content);
        for (RoutesBuilder routes : PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
            if (routes instanceof RouteConfigurationsBuilder configurations) {
                configurations.updateRouteConfigurationsToCamelContext(context);
            }
            routes.updateRoutesToCamelContext(context);
            // Camel's updateRoutes (4.18) does not add templated routes.
            routes.addTemplatedRoutesToCamelContext(context);
        }
        Set<String> added = running();
        added.removeAll(before);
        return added;
    }

    /**
     * Returns the other files, with their contents, whose routes use error policies or templates of this file; none if
     * it defines neither.
     */
    Map<Path, String> configuredBy(Path file, @Nullable String content) {
        Set<String> templates = templatesOf(file);
        boolean policies = content != null && content.contains("routeConfiguration:");
        Map<Path, String> others = new TreeMap<>();
        contents.forEach((other, text) -> {
            boolean configured = policies
                    || TemplatedRoute.in(text).stream().anyMatch(route -> templates.contains(route.template()));
            if (configured && !other.equals(file) && !hasListener(other)) {
                others.put(other, text);
            }
        });
        return others;
    }

    private Set<String> templatesOf(Path file) {
        return model(context).getRouteTemplateDefinitions().stream()
                .filter(template -> isFrom(file, template.getResource()))
                .map(RouteTemplateDefinition::getId)
                .collect(Collectors.toSet());
    }

    private void removeTemplates(Path file) throws Exception {
        for (String template : templatesOf(file)) {
            model(context).removeRouteTemplateDefinitions(template);
        }
    }

    static Model model(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    private boolean hasListener(Path file) {
        return context.getRoutes().stream()
                .anyMatch(route -> isFrom(file, route.getSourceResource())
                        && route.getEndpoint().getEndpointUri().startsWith("netty:"));
    }

    /** Removes the routes of a file. */
    String remove(Path file) throws Exception {
        Set<String> ids = routesOf(file);
        removeRoutes(ids);
        removeTemplates(file);
        contents.remove(file);
        return "removed " + String.join(",", ids);
    }

    private void removeRoutes(Set<String> ids) throws Exception {
        for (String id : ids) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
    }

    private Set<String> routesOf(Path file) {
        return routesOf(file, contentOf(file));
    }

    private Set<String> routesOf(Path file, String content) {
        return context.getRoutes().stream()
                .filter(route -> isFrom(file, content, route))
                .map(Route::getRouteId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static boolean isFrom(Path file, String content, Route route) {
        return isFrom(file, route.getSourceResource())
                || TemplatedRoute.in(content).stream()
                        .anyMatch(templated -> templated.id().equals(route.getRouteId()));
    }

    static boolean isFrom(Path file, @Nullable Resource source) {
        return source != null
                && Path.of(source.getLocation().replaceFirst("^[a-z]+:", ""))
                        .toAbsolutePath()
                        .equals(file.toAbsolutePath());
    }
}
