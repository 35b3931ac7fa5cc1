package io.framegate.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Properties that the documentation shows in one table.
 *
 * @param title the title of the table
 * @param rules throws a {@link SettingException} if values contradict each other
 * @param isOn whether the gateway uses these properties; it does not check unused ones
 */
record Group(String title, List<Setting<?>> settings, Consumer<Settings> rules, Predicate<Settings> isOn) {

    Group(String title) {
        this(title, values -> {});
    }

    Group(String title, Consumer<Settings> rules) {
        this(title, rules, values -> true);
    }

    Group(String title, Consumer<Settings> rules, Predicate<Settings> isOn) {
        this(title, new ArrayList<>(), rules, isOn);
    }

    /** Defines a property of this group. */
    <T> Setting<T> add(String name, Type<T> type, String standard, String meaning) {
        Setting<T> setting = new Setting<>(name, type, standard, meaning);
        settings.add(setting);
        return setting;
    }
}
