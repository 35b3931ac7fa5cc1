package io.framegate.receive.camera;

import io.framegate.settings.Catalogue;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.Setting;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * The values for one listener. An option of the endpoint comes first, then the context's property of the same meaning,
 * then the default of that property. Immutable.
 */
final class ListenerOptions {

    /** The options that replace a property. Camel sets their values. */
    static final Map<String, Setting<?>> PROPERTIES = Map.ofEntries(
            Map.entry("format", IntakeSettings.CAMERA_FORMAT),
            Map.entry("timeZone", StoreSettings.TIME_ZONE),
            Map.entry("answer", IntakeSettings.ANSWER),
            Map.entry("camera", IntakeSettings.CAMERA),
            Map.entry("maxFrameLength", IntakeSettings.MAX_FRAME_LENGTH),
            Map.entry("maxDocumentLength", IntakeSettings.MAX_DOCUMENT_LENGTH),
            Map.entry("maxInFlight", IntakeSettings.MAX_IN_FLIGHT),
            Map.entry("maxConnections", IntakeSettings.MAX_CONNECTIONS),
            Map.entry("frameDeadline", IntakeSettings.FRAME_DEADLINE),
            Map.entry("idleTimeout", IntakeSettings.IDLE_TIMEOUT),
            Map.entry("user", IntakeSettings.USER),
            Map.entry("password", IntakeSettings.PASSWORD),
            Map.entry("trustedProxies", IntakeSettings.TRUSTED_PROXIES));

    private final Map<String, String> optionOf = new LinkedHashMap<>();
    private final Map<String, String> given = new LinkedHashMap<>();
    private final Settings settings;

    private ListenerOptions(CamelContext context) {
        Catalogue catalogue = Catalogue.standard();
        Map<String, String> defaults = catalogue.defaults();
        settings = new Settings(catalogue, name -> {
            String option = given.get(name);
            return option != null
                    ? option
                    : context.getPropertiesComponent()
                            .resolveProperty(name)
                            .orElseGet(() -> defaults.getOrDefault(name, ""));
        });
    }

    /** The values of the context's properties. */
    static Settings of(CamelContext context) {
        return new ListenerOptions(context).settings;
    }

    /** The values for a listener; throws an {@link IllegalArgumentException} that names a wrong option or property. */
    static ListenerOptions of(CameraEndpoint endpoint) {
        ListenerOptions listener = new ListenerOptions(endpoint.getCamelContext());
        // Camel's build plugin generates it from the annotated fields.
        PropertyConfigurerGetter options =
                (PropertyConfigurerGetter) endpoint.getComponent().getEndpointPropertyConfigurer();
        PROPERTIES.forEach(
                (option, property) -> listener.give(option, property, options.getOptionValue(endpoint, option, false)));
        PROPERTIES.values().forEach(listener::get);
        if (listener.text(IntakeSettings.USER).isEmpty()
                != listener.text(IntakeSettings.PASSWORD).isEmpty()) {
            throw new IllegalArgumentException("user and password: only one is given (expected: both or none)");
        }
        return listener;
    }

    private void give(String option, Setting<?> property, @Nullable Object value) {
        if (value != null) {
            given.put(property.name(), value instanceof Duration time ? time.toMillis() + "ms" : value.toString());
            optionOf.put(property.name(), option);
        }
    }

    <T> T get(Setting<T> setting) {
        try {
            return settings.get(setting);
        } catch (SettingException e) {
            String option = optionOf.get(setting.name());
            if (option == null) {
                throw e;
            }
            throw new SettingException(
                    option,
                    String.valueOf(e.getMessage()).substring(setting.name().length() + 2));
        }
    }

    String text(Setting<?> setting) {
        return settings.text(setting);
    }
}
