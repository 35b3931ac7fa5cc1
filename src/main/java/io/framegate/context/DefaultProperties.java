package io.framegate.context;

import io.framegate.settings.Catalogue;
import io.framegate.settings.DeliverSettings;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of all properties, for placeholders in routes. Every other source of a context takes precedence:
 * its files, its initial properties, environment variables and {@code -D}. Thread-safe.
 */
final class DefaultProperties implements PropertiesSource, Ordered {

    static final String PREFIX = "framegate.";

    private static final String RETENTION = PREFIX + "retention.enabled";
    private static final String DEDUPLICATION = PREFIX + "deduplicate.enabled";

    private static final String ACCEPTANCE = PREFIX + "accept.enabled";

    /** Properties that other properties determine: the precondition of a route can only be true or false. */
    static final Set<String> DERIVED = Set.of(RETENTION, DEDUPLICATION, ACCEPTANCE);

    private static final Pattern OF_TARGET = Pattern.compile("framegate\\.deliver\\.([a-z0-9-]+)\\.[a-z-]+");

    private final CamelContext context;
    private final Supplier<Settings> settings;

    DefaultProperties(CamelContext context, Supplier<Settings> settings) {
        this.context = context;
        this.settings = settings;
    }

    @Override
    public String getName() {
        return "framegate-defaults";
    }

    @Override
    public int getOrder() {
        return LOWEST;
    }

    @Override
    public @Nullable String getProperty(String name) {
        if (!name.startsWith(PREFIX) || isGiven(name)) {
            return null;
        }
        if (name.equals(RETENTION)) {
            return String.valueOf(DiskSettings.deletesImages(settings.get()));
        }
        if (name.equals(DEDUPLICATION)) {
            return String.valueOf(settings.get().get(StoreSettings.WINDOW).isPresent());
        }
        if (name.equals(ACCEPTANCE)) {
            return String.valueOf(!DeliverSettings.acceptAfter(settings.get()).isEmpty());
        }
        String standard = Standard.DEFAULTS.get(name);
        Matcher target = OF_TARGET.matcher(name);
        return standard == null && target.matches() ? ofTarget(name, target.group(1)) : standard;
    }

    /**
     * Returns a default for a target that is not named after its kind. Only the routes name its kind; without them, the
     * target has the properties that all kinds have.
     */
    private @Nullable String ofTarget(String name, String target) {
        Catalogue known = settings.get().catalogue();
        String enabled = PREFIX + "deliver." + target + ".enabled";
        Catalogue all = known.targets().containsKey(target) ? known : Catalogue.of(Map.of(), Set.of(), Set.of(enabled));
        return all.defaults().get(name);
    }

    /** A separate class, because contexts that use nothing of the gateway need not load it. */
    private static final class Standard {

        static final Map<String, String> DEFAULTS = Catalogue.standard().defaults();

        private Standard() {}
    }

    /** Returns whether the property is set in a place that Camel reads after all sources. */
    private boolean isGiven(String name) {
        if (!(context.getPropertiesComponent() instanceof PropertiesComponent properties)) {
            return false;
        }
        Properties initial = properties.getInitialProperties();
        return (initial != null && initial.get(name) != null)
                // Spring's environment.
                || properties.getPropertiesParser().customLookup(name) != null
                || (properties.getSystemPropertiesMode() == PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK
                        && System.getProperty(name) != null)
                || (properties.getEnvironmentVariableMode() == PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK
                        && IOHelper.lookupEnvironmentVariable(name) != null);
    }
}
