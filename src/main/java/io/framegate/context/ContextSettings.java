package io.framegate.context;

import io.framegate.reload.RouteTexts;
import io.framegate.settings.Catalogue;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The settings of a context that an application configures. */
final class ContextSettings {

    private static final List<String> PATTERNS =
            List.of("camel.main.routesIncludePattern", "camel.main.routes-include-pattern");

    private ContextSettings() {}

    /**
     * Returns the values of the context's placeholders. Additional targets come from the YAML files of {@code
     * camel.main.routesIncludePattern}, and from properties that Camel can list.
     */
    static Settings of(CamelContext context) {
        Catalogue catalogue =
                readsYaml(context) ? catalogue(context) : Catalogue.of(Map.of(), Set.of(), listed(context));
        return new Settings(catalogue, name -> context.resolvePropertyPlaceholders("{{" + name + "}}"))
                .withoutWebPorts();
    }

    /** Returns the problems of invalid properties, and of unknown ones that Camel can list. */
    static List<SettingException> problems(CamelContext context, Settings settings) {
        List<SettingException> problems = new ArrayList<>(Sources.unknown(listed(context), settings.catalogue()));
        problems.addAll(SettingsCheck.problems(context, settings));
        return problems;
    }

    /**
     * Returns the names in files and in initial properties. Camel does not list environment variables or properties of
     * Spring.
     */
    private static Set<String> listed(CamelContext context) {
        Set<String> names = new TreeSet<>(context.getPropertiesComponent()
                .loadProperties(name -> name.startsWith(DefaultProperties.PREFIX))
                .stringPropertyNames());
        names.removeAll(DefaultProperties.DERIVED);
        return names;
    }

    /** Returns whether the application has the library for routes in YAML. */
    private static boolean readsYaml(CamelContext context) {
        return context.getClassResolver().resolveClass("org.snakeyaml.engine.v2.api.Load") != null;
    }

    private static Catalogue catalogue(CamelContext context) {
        RouteTexts routes = routes(context);
        return Catalogue.of(routes.targets(), routes.properties(), listed(context));
    }

    private static RouteTexts routes(CamelContext context) {
        Map<Path, String> files = new TreeMap<>();
        for (String pattern : patterns(context)) {
            try {
                for (Resource file :
                        PluginHelper.getPackageScanResourceResolver(context).findResources(pattern.strip())) {
                    if (file.exists() && file.getLocation().matches(".*\\.ya?ml")) {
                        files.put(Path.of(String.valueOf(files.size())), text(file));
                    }
                }
            } catch (Exception e) {
                // Camel reports the failure when it loads the routes.
                return new RouteTexts(Map.of());
            }
        }
        return new RouteTexts(files);
    }

    private static List<String> patterns(CamelContext context) {
        for (String name : PATTERNS) {
            String patterns = context.resolvePropertyPlaceholders("{{" + name + ":}}");
            if (!patterns.isBlank()) {
                return List.of(patterns.split(",", -1));
            }
        }
        return List.of();
    }

    private static String text(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
