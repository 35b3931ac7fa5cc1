package io.framegate.reload;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** Which routes of the running context come from which file, and how a file's routes are replaced and removed. */
final class RouteFiles {

    private final CamelContext context;
    private final Map<Path, String> contents = new HashMap<>();

    RouteFiles(CamelContext context) {
        this.context = context;
    }

    /** A file whose routes are running. */
    void loaded(Path file, String content) {
        contents.put(file, content);
    }

    /** The files whose routes are running, and what they were made from. */
    Map<Path, String> contents() {
        return Map.copyOf(contents);
    }

    /** The files whose routes are running. */
    Set<Path> paths() {
        return Set.copyOf(contents.keySet());
    }

    /** What the file's running routes were made from; empty if it has none. */
    String contentOf(Path file) {
        return contents.getOrDefault(file, "");
    }

    /** Ids of all routes that come from other files. */
    Set<String> otherRoutes(Path file) {
        Set<String> ids = new LinkedHashSet<>();
        for (Route route : context.getRoutes()) {
            if (!isFrom(file, route)) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    /** Replaces a file's routes; if that fails, puts the old ones back. */
    String replace(Path file, String content) throws Exception {
        try {
            String summary = update(file, content);
            contents.put(file, content);
            return summary;
        } catch (Exception e) {
            String old = contents.get(file);
            if (old == null) {
                remove(file);
            } else {
                update(file, old);
            }
            throw e;
        }
    }

    /** All of the file's routes go before the new ones come, so that ids and endpoints may change places. */
    private String update(Path file, String content) throws Exception {
        Set<String> gone = routesOf(file);
        removeRoutes(gone);
        Resource resource = ResourceHelper.fromString("file:" + file, content);
        Set<String> running = PluginHelper.getRoutesLoader(context).updateRoutes(List.of(resource));
        gone.removeAll(running);
        for (Map.Entry<Path, String> other : configuredBy(file, content).entrySet()) {
            // Routes take a new error policy when they are made.
            PluginHelper.getRoutesLoader(context)
                    .updateRoutes(List.of(ResourceHelper.fromString("file:" + other.getKey(), other.getValue())));
        }
        return String.join(",", running) + (gone.isEmpty() ? "" : ", removed " + String.join(",", gone));
    }

    /** The other files, with their contents, whose routes a file's error policies apply to; none if it has no policies. */
    Map<Path, String> configuredBy(Path file, @Nullable String content) {
        Map<Path, String> others = new TreeMap<>();
        if (content != null && content.contains("routeConfiguration")) {
            contents.forEach((other, text) -> {
                if (!other.equals(file) && !hasListener(other)) {
                    others.put(other, text);
                }
            });
        }
        return others;
    }

    private boolean hasListener(Path file) {
        return context.getRoutes().stream()
                .anyMatch(route -> isFrom(file, route)
                        && route.getEndpoint().getEndpointUri().startsWith("netty:"));
    }

    /** Removes a file's routes. */
    String remove(Path file) throws Exception {
        Set<String> ids = routesOf(file);
        removeRoutes(ids);
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
        Set<String> ids = new LinkedHashSet<>();
        for (Route route : context.getRoutes()) {
            if (isFrom(file, route)) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    static boolean isFrom(Path file, Route route) {
        Resource source = route.getSourceResource();
        return source != null
                && Path.of(source.getLocation().replaceFirst("^[a-z]+:", ""))
                        .toAbsolutePath()
                        .equals(file.toAbsolutePath());
    }
}
