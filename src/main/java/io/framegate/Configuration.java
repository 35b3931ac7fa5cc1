package io.framegate;

import io.framegate.context.SettingsCheck;
import io.framegate.extend.LibraryJars;
import io.framegate.intake.ListenerAccess;
import io.framegate.outbox.deliver.UploadEndpoint;
import io.framegate.reload.DirectRoutes;
import io.framegate.reload.ReloadableDirectComponent;
import io.framegate.reload.RouteTexts;
import io.framegate.settings.Catalogue;
import io.framegate.settings.DeliverSettings;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.Setting;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.Sources;
import io.framegate.settings.StoreSettings;
import io.framegate.settings.WebSettings;
import io.framegate.settings.WorkerSettings;
import io.framegate.watch.ListenerHealth;
import io.framegate.watch.web.WebAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/**
 * The operator's properties and route files, read before Camel reads them. Both the start and {@code check} find
 * problems with it.
 */
record Configuration(Places places, Sources sources, RouteTexts routes, Catalogue catalogue) {

    /** Routes that wait for targets use this property. */
    private static final String ACCEPTS = "framegate.accept.enabled";

    static Configuration read(Places places) throws IOException {
        LibraryJars.added().check();
        Sources sources = Sources.read(places.existingConfig());
        RouteTexts routes = places.readRoutes();
        Catalogue catalogue = Catalogue.of(routes.targets(), routes.properties(), sources.names());
        return new Configuration(places, sources, routes, catalogue);
    }

    /** Creates Camel Main with these properties and routes. */
    Main main() throws IOException {
        Properties camel = new Properties();
        try (InputStream in = Objects.requireNonNull(Configuration.class.getResourceAsStream("camel.properties"))) {
            camel.load(in);
        }
        Map<String, String> defaults = catalogue.defaults();
        camel.stringPropertyNames().forEach(name -> defaults.put(name, camel.getProperty(name)));
        Properties initial = new Properties();
        initial.putAll(sources.over(defaults, catalogue.secrets()));
        Main main = new Main();
        // Camel would read the file as ISO 8859-1.
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(initial);
        main.addMainListener(new UnpooledCopies());
        main.configure()
                .withRoutesIncludePattern(places.routesPattern())
                .withName("framegate")
                .withAutoConfigurationLogSummary(false)
                .withShutdownTimeout(20);
        return main;
    }

    /** Returns the properties as Camel resolves them. Moves relative directories below {@code --data}. */
    Settings settings(CamelContext context) {
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        // The properties already contain environment variables and -D, which must not override the directories below
        // --data.
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        Settings settings = new Settings(
                catalogue, name -> context.resolvePropertyPlaceholders("{{" + name + "}}"), sources::comesFromFile);
        Path data = places.data();
        if (data != null) {
            settings.relativeDirectories()
                    .forEach((name, directory) -> properties.addOverrideProperty(name, data.resolve(directory) + ""));
        }
        return settings;
    }

    /** Returns the problems of unknown and invalid properties. */
    List<SettingException> problems(CamelContext context, Settings settings) {
        List<SettingException> problems = sources.problems(catalogue);
        problems.addAll(SettingsCheck.problems(context, settings));
        if (problems.isEmpty()
                && !DeliverSettings.acceptAfter(settings).isEmpty()
                && !routes.properties().contains(ACCEPTS)) {
            problems.add(new SettingException(
                    DeliverSettings.ACCEPT_AFTER.name(),
                    settings.text(DeliverSettings.ACCEPT_AFTER) + " (expected: routes that wait, with the steps"
                            + " acceptAfter of receive.camel.yaml; framegate init --diff shows them)"));
        }
        if (problems.isEmpty()) {
            WebAccess.problem(settings).ifPresent(problems::add);
        }
        if (problems.isEmpty() && WebSettings.isObserved(settings)) {
            addProblemsOfServers(context, settings, problems);
        }
        return problems;
    }

    /** Camel's servers are off in a check, so their own checks would fail only at the start. */
    private static void addProblemsOfServers(CamelContext context, Settings settings, List<SettingException> problems) {
        Map<String, Setting<?>> management = Map.of("host", WebSettings.HOST, "port", WebSettings.PORT);
        management.forEach((option, setting) -> {
            String name = "camel.management." + option;
            String value = context.resolvePropertyPlaceholders("{{" + name + "}}");
            if (!value.equals(settings.text(setting))) {
                problems.add(new SettingException(name, value + " (expected: " + setting.name() + ")"));
            }
        });
        String server = context.resolvePropertyPlaceholders("{{camel.server.enabled:false}}{{camel.server.port:8080}}");
        if (server.equals("true" + settings.text(WebSettings.PORT))) {
            problems.add(new SettingException(
                    "camel.server.port",
                    settings.text(WebSettings.PORT) + " (expected: another than framegate.web.port)"));
        }
    }

    /** Prepares Camel for the route files. Excludes the files of disabled parts. */
    void prepareRoutes(BaseMainSupport main, Settings settings) {
        main.getCamelContext().addComponent("direct", new ReloadableDirectComponent());
        main.getCamelContext().getCamelContextExtension().registerEndpointCallback(UploadEndpoint::of);
        Map<String, String> kinds = catalogue.targets();
        Set<String> off = new TreeSet<>(kinds.keySet());
        settings.targets().forEach(target -> {
            off.remove(target);
            // The template of a target may be in the file of its kind.
            off.remove(kinds.get(target));
        });
        Set<String> files = off.stream().map(target -> "deliver-" + target).collect(Collectors.toSet());
        if (!DiskSettings.deletesImages(settings)) {
            files.add("housekeeping");
        }
        if (settings.get(StoreSettings.WINDOW).isEmpty()) {
            files.add("deduplicate");
        }
        files.addAll(WorkerSettings.filesOff(settings));
        main.configure()
                .withRoutesExcludePattern(
                        files.stream().map(file -> "**/" + file + ".camel.yaml").collect(Collectors.joining(",")));
    }

    /**
     * Returns the first fault of the routes with which the gateway would do nothing or fail at the first image, or
     * null.
     */
    @Nullable
    String missing(CamelContext context, Set<String> targets) {
        Path routes = places.shownRoutes();
        if (context.getRoutes().isEmpty()) {
            return routes + ": no route in any file (expected: at least one)";
        }
        if (context.getRoutes().stream().noneMatch(route -> isListener(route) || ListenerHealth.isWorker(route))) {
            return routes + ": no route listens (expected: one from netty: or camera:, as in listeners.camel.yaml;"
                    + " java -jar framegate.jar init adds the gateway's own files)";
        }
        Set<String> unreadTargets = new TreeSet<>(targets);
        for (Route route : context.getRoutes()) {
            // Camel rewrites outbox:ftp to outbox://ftp.
            unreadTargets.remove(route.getEndpoint().getEndpointBaseUri().replaceFirst("^outbox:/*", ""));
        }
        if (!unreadTargets.isEmpty()) {
            String target = unreadTargets.iterator().next();
            return DeliverSettings.ENABLED.of(target).name() + ": true, and no route reads from outbox:" + target
                    + " (expected: one in " + routes + ")";
        }
        String unguarded = ListenerAccess.unused(context);
        if (unguarded != null) {
            return routes + ": " + unguarded;
        }
        Set<String> unread = DirectRoutes.unread(context);
        if (!unread.isEmpty()) {
            return String.join(", ", unread) + ": no route reads from it (expected: one in " + routes + ")";
        }
        Set<String> twice = DirectRoutes.readTwice(context);
        return twice.isEmpty() ? null : String.join(", ", twice) + ": two routes read from it (expected: one)";
    }

    static boolean isListener(Route route) {
        return route.getEndpoint() instanceof NettyEndpoint;
    }
}
