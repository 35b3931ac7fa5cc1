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
import org.jspecify.annotations.Nullable;

/**
 * The values for one listener. An option of the endpoint comes first, then the context's property of the same meaning,
 * then the default of that property. Immutable.
 */
final class ListenerOptions {

    /** The property for each option. */
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
    static ListenerOptions of(CamelContext context, CameraOptions options) {
        ListenerOptions listener = new ListenerOptions(context);
        listener.give("format", options.getFormat());
        listener.give("timeZone", options.getTimeZone());
        listener.give("answer", options.getAnswer());
        listener.give("camera", options.getCamera());
        listener.give("maxFrameLength", options.getMaxFrameLength());
        listener.give("maxDocumentLength", options.getMaxDocumentLength());
        listener.give("maxInFlight", options.getMaxInFlight());
        listener.give("maxConnections", options.getMaxConnections());
        listener.give("frameDeadline", millis(options.getFrameDeadline()));
        listener.give("idleTimeout", millis(options.getIdleTimeout()));
        listener.give("user", options.getUser());
        listener.give("password", options.getPassword());
        listener.give("trustedProxies", options.getTrustedProxies());
        PROPERTIES.values().forEach(listener::get);
        if (listener.text(IntakeSettings.USER).isEmpty()
                != listener.text(IntakeSettings.PASSWORD).isEmpty()) {
            throw new IllegalArgumentException("user and password: only one is given (expected: both or none)");
        }
        return listener;
    }

    private static @Nullable String millis(@Nullable Duration time) {
        return time == null ? null : time.toMillis() + "ms";
    }

    private void give(String option, @Nullable Object value) {
        Setting<?> property = PROPERTIES.get(option);
        if (value != null && property != null) {
            given.put(property.name(), value.toString());
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
