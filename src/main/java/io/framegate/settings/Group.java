package io.framegate.settings;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Properties that the documentation shows in one table.
 *
 * @param title of that table
 * @param rules throws a {@link SettingException} if values do not fit each other
 * @param isOn whether the gateway uses these properties at all; it checks no others
 */
record Group(String title, List<Setting<?>> settings, Consumer<Settings> rules, Predicate<Settings> isOn) {

    Group(String title, List<Setting<?>> settings) {
        this(title, settings, values -> {});
    }

    Group(String title, List<Setting<?>> settings, Consumer<Settings> rules) {
        this(title, settings, rules, values -> true);
    }
}
