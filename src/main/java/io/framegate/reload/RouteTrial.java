package io.framegate.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Tries a route file in a separate context that has the properties and beans of the running one: parses the file and
 * creates its endpoints, beans and expressions, but starts nothing.
 */
public final class RouteTrial {

    private final CamelContext context;

    RouteTrial(CamelContext context) {
        this.context = context;
    }

    /**
     * Tries a file, and throws its first problem.
     *
     * @param otherRoutes ids that the file may not use
     * @param configured files whose routes are created as well, because this file has their error policies
     */
    void run(Path file, String content, Set<String> otherRoutes, Map<Path, String> configured) throws Exception {
        try (DefaultCamelContext trial = load(file, content, configured)) {
            Set<String> read = DirectRoutes.readBy(context.getRoutes());
            read.addAll(DirectRoutes.readBy(trial.getRoutes()));
            Set<String> unread = DirectRoutes.unread(trial, read);
            if (!unread.isEmpty()) {
                throw new IllegalArgumentException(
                        String.join(", ", unread) + " (expected: a route that reads from it)");
            }
            for (Route route : trial.getRoutes()) {
                boolean own = RouteFiles.isFrom(file, content, route);
                if (!own && route.getSourceResource() != null) {
                    continue;
                }
                if (!route.isCustomId()) {
                    throw new IllegalArgumentException(
                            "route from " + route.getEndpoint().getEndpointBaseUri() + ": no id (expected: one)");
                }
                if (own && otherRoutes.contains(route.getRouteId())) {
                    throw new IllegalArgumentException(
                            "route id: " + route.getRouteId() + " (expected: not in another file)");
                }
            }
        }
    }

    /**
     * Finds the problems of route files that a context could not load together. Tries each file separately, and returns
     * one line for each file that cannot be loaded: {@code store.camel.yaml, line 12: <reason>}. Leaves out beans and
     * templates that are missing only because the file that defines them is broken.
     *
     * @param context has the properties and beans that all files share; its own routes do not matter
     * @param atStart the problem that this context reported, which a trial may not find; null if it named no file
     */
    public static List<String> problems(CamelContext context, Map<Path, String> files, @Nullable RouteProblem atStart) {
        Map<Path, String> shared = new TreeMap<>(files);
        shared.values().removeIf(text -> !text.contains("- routeTemplate:") && !text.contains("- routeConfiguration:"));
        Map<Path, String> others = new TreeMap<>(files);
        others.keySet().removeAll(shared.keySet());
        RouteTrial trial = new RouteTrial(context);
        Map<Path, RouteProblem> problems = trial.problems(shared, Map.of());
        Map<Path, String> broken = new TreeMap<>(shared);
        broken.keySet().retainAll(problems.keySet());
        shared.keySet().removeAll(broken.keySet());
        Set<String> missing = RouteNames.in(broken).shared();
        trial.problems(others, shared).forEach((file, problem) -> {
            if (missing.stream().noneMatch(problem.reason()::contains)) {
                problems.put(file, problem);
            }
        });
        List<RouteProblem> all = new ArrayList<>(problems.values());
        if (atStart != null && all.stream().noneMatch(one -> one.reason().equals(atStart.reason()))) {
            all.add(atStart);
        }
        return all.stream().map(RouteProblem::toString).toList();
    }

    private Map<Path, RouteProblem> problems(Map<Path, String> files, Map<Path, String> shared) {
        Map<Path, RouteProblem> problems = new TreeMap<>();
        files.forEach((file, content) -> {
            try {
                load(file, content, shared).close();
            } catch (Exception e) {
                problems.put(file, RouteProblem.ofEdit(e, file, content, ""));
            }
        });
        return problems;
    }

    private DefaultCamelContext load(Path file, String content, Map<Path, String> others) throws Exception {
        DefaultCamelContext trial = new DefaultCamelContext(registry());
        try {
            trial.getCamelContextExtension().setName("trial");
            trial.setAutoStartup(false);
            trial.getPropertiesComponent().addPropertiesSource(new RunningProperties());
            List<Resource> resources = new ArrayList<>();
            resources.add(ResourceHelper.fromString(file.toString(), content));
            others.forEach((other, text) -> resources.add(ResourceHelper.fromString(other.toString(), text)));
            add(trial, file, PluginHelper.getRoutesLoader(trial).findRoutesBuilders(resources));
            trial.start();
            return trial;
        } catch (Exception e) {
            trial.close();
            throw e;
        }
    }

    /**
     * Routes may use templates of other files. The first template of a name counts, so an edited one comes before the
     * running one.
     */
    private void add(DefaultCamelContext trial, Path file, Collection<RoutesBuilder> builders) throws Exception {
        for (RoutesBuilder routes : builders) {
            if (routes instanceof RouteConfigurationsBuilder configurations) {
                trial.addRoutesConfigurations(configurations);
            }
            routes.addRoutesToCamelContext(trial);
        }
        RouteFiles.model(trial)
                .addRouteTemplateDefinitions(RouteFiles.model(context).getRouteTemplateDefinitions().stream()
                        .filter(template -> !RouteFiles.isFrom(file, template.getResource()))
                        .toList());
        for (RoutesBuilder routes : builders) {
            routes.addTemplatedRoutesToCamelContext(trial);
        }
    }

    private final class RunningProperties implements PropertiesSource {
        @Override
        public String getName() {
            return "running";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return context.getPropertiesComponent().resolveProperty(name).orElse(null);
        }
    }

    /**
     * Returns the beans of the running context. The trial creates no parts, because they would use the same
     * directories.
     */
    private Registry registry() {
        return new DefaultRegistry(running()) {
            @Override
            public void bindAsPrototype(String id, Class<?> type, Supplier<Object> bean) {
                // A bean that the running context does not have stays missing.
            }
        };
    }

    private BeanRepository running() {
        Registry running = context.getRegistry();
        return new BeanRepository() {
            @Override
            public Object lookupByName(String name) {
                return running.lookupByName(name);
            }

            @Override
            public <T> T lookupByNameAndType(String name, Class<T> type) {
                return running.lookupByNameAndType(name, type);
            }

            @Override
            public <T> Map<String, T> findByTypeWithName(Class<T> type) {
                return Map.of();
            }

            @Override
            public <T> Set<T> findByType(Class<T> type) {
                return Set.of();
            }
        };
    }
}
