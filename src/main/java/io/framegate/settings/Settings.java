package io.framegate.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The values of a gateway's properties. Immutable. */
public final class Settings {

    private static final String EXPECTED = " (expected: ";

    private final Catalogue catalogue;
    private final UnaryOperator<String> values;
    private final Predicate<String> secret;
    private final boolean opensWebPorts;

    /**
     * Creates the values of these properties.
     *
     * @param values returns the text of a property by name, with placeholders resolved
     */
    public Settings(Catalogue catalogue, UnaryOperator<String> values) {
        this(catalogue, values, name -> false);
    }

    /**
     * Creates the values of these properties.
     *
     * @param values returns the text of a property by name, with placeholders resolved
     * @param secret whether the text of a property comes from a secret file, so that no exception shows it
     */
    public Settings(Catalogue catalogue, UnaryOperator<String> values, Predicate<String> secret) {
        this(catalogue, values, secret, true);
    }

    private Settings(
            Catalogue catalogue, UnaryOperator<String> values, Predicate<String> secret, boolean opensWebPorts) {
        this.catalogue = catalogue;
        this.values = values;
        this.secret = secret;
        this.opensWebPorts = opensWebPorts;
    }

    /** Returns the same values for an application, in which the web port and the observe port stay closed. */
    public Settings withoutWebPorts() {
        return new Settings(catalogue, values, secret, false);
    }

    boolean opensWebPorts() {
        return opensWebPorts;
    }

    /** Returns the value of a property. Throws a {@link SettingException} if it is invalid. */
    public <T> T get(Setting<T> setting) {
        return read(setting, text(setting));
    }

    private <T> T read(Setting<T> setting, String text) {
        try {
            return setting.read(text);
        } catch (SettingException e) {
            throw setting.type().secret() ? e : hidden(setting, e);
        }
    }

    private SettingException hidden(Setting<?> setting, SettingException refusal) {
        return secret.test(setting.name())
                ? new SettingException(
                        setting.name(),
                        "not shown, from a secret file (expected: "
                                + setting.type().expected().replace("`", "") + ")")
                : refusal;
    }

    /** Returns the text of a property, with placeholders resolved. */
    public String text(Setting<?> setting) {
        return resolved(setting.name());
    }

    private String resolved(String name) {
        try {
            return values.apply(name);
        } catch (IllegalArgumentException e) {
            // Camel's message ends with the whole text, which may be a secret.
            String reason = String.valueOf(e.getMessage()).replaceFirst("(?s),? from (text|input): .*", "");
            throw new SettingException(
                    name, reason.contains(EXPECTED) ? reason : reason + EXPECTED + "placeholders that have a value)");
        }
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Returns the enabled targets. */
    public Set<String> targets() {
        Set<String> on = new TreeSet<>(catalogue.targets().keySet());
        on.removeIf(target -> !get(DeliverSettings.ENABLED.of(target)));
        return on;
    }

    /** Returns the properties that name directories. */
    public List<Setting<?>> directories() {
        return catalogue.settings().stream()
                .filter(setting -> setting.type().needs() == Type.Needs.DIRECTORY)
                .toList();
    }

    /** Returns the relative directories, by the names of their properties. */
    public Map<String, String> relativeDirectories() {
        Map<String, String> relative = new LinkedHashMap<>();
        for (Setting<?> setting : directories()) {
            String directory = text(setting);
            if (Types.isDirectory(directory) && !Path.of(directory).isAbsolute()) {
                relative.put(setting.name(), directory);
            }
        }
        return relative;
    }

    /**
     * Checks each property, and the rules between properties. Returns the first problem of each invalid property.
     *
     * @param checker checks the rules that only Camel or a client of a target knows. Throws
     *     {@link IllegalArgumentException} with {@code <value> (expected: <constraint>)}, never with a secret
     */
    public List<SettingException> problems(BiConsumer<Type.Needs, String> checker) {
        Map<String, SettingException> problems = new LinkedHashMap<>();
        for (Group group : catalogue.groups()) {
            collect(problems, () -> {
                if (group.isOn().test(this)) {
                    group.settings().forEach(setting -> collect(problems, () -> check(setting, checker)));
                    group.rules().accept(this);
                }
            });
        }
        return new ArrayList<>(problems.values());
    }

    private static void collect(Map<String, SettingException> problems, Runnable check) {
        try {
            check.run();
        } catch (SettingException e) {
            problems.putIfAbsent(e.property(), e);
        }
    }

    private void check(Setting<?> setting, BiConsumer<Type.Needs, String> checker) {
        String text = text(setting);
        read(setting, text);
        try {
            checker.accept(setting.type().needs(), text);
        } catch (IllegalArgumentException e) {
            throw hidden(setting, new SettingException(setting.name(), String.valueOf(e.getMessage())));
        }
    }

    /**
     * Refuses the same port for two listeners. Port 0 is any free port, and a property that no route uses opens no
     * port.
     */
    void requireOwnPort(
            Setting<String> host, Setting<Integer> port, Setting<String> otherHost, Setting<Integer> otherPort) {
        if (listens(port)) {
            requireOwnPort(host, port.name(), get(port), otherHost, otherPort);
        }
    }

    /** Checks a port in the same way, given as a number and the name of its property. */
    void requireOwnPort(
            Setting<String> host, String name, int port, Setting<String> otherHost, Setting<Integer> otherPort) {
        boolean sameHost = get(host).equals(get(otherHost)) || isAnyHost(get(host)) || isAnyHost(get(otherHost));
        if (sameHost && port > 0 && port == get(otherPort) && listens(otherPort)) {
            throw new SettingException(name, port + " (expected: another port than " + otherPort.name() + ")");
        }
    }

    private static boolean isAnyHost(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** Returns whether a route or the web server listens on the port. */
    boolean listens(Setting<Integer> port) {
        if (port.equals(WebSettings.PORT)) {
            return true;
        }
        Setting<Boolean> enabled =
                port.equals(IntakeSettings.CAMERA_PORT) ? IntakeSettings.CAMERA_ENABLED : IntakeSettings.FRAMES_ENABLED;
        return catalogue.isUsed(port.name()) && get(enabled);
    }

    void requireBothOrNone(Setting<?> one, Setting<?> other) {
        if (text(one).isEmpty() != text(other).isEmpty()) {
            throw new SettingException(
                    one.name() + " and " + other.name(), "only one is given (expected: both or none)");
        }
    }
}
