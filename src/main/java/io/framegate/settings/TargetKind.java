package io.framegate.settings;

import static io.framegate.settings.DeliverSettings.ofTarget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of target. The file {@code routes/deliver-<kind>.camel.yaml} delivers to it. Each target of the kind has the
 * same properties, under the target's name.
 *
 * @param name {@code s3}
 * @param settings the properties that only this kind has
 * @param defaults defaults of this kind for properties that all targets have
 * @param rules throws a {@link SettingException} if values of the target with this name contradict each other
 */
record TargetKind(
        String name, List<Setting<?>> settings, Map<String, String> defaults, BiConsumer<Settings, String> rules) {

    /** The kind of a target for which an operator has written the routes. */
    static final TargetKind OTHER = new TargetKind("", List.of());

    /** All kinds, by name. */
    static final Map<String, TargetKind> ALL = Stream.of(
                    FileTargets.file(),
                    FileTargets.ftp(),
                    FileTargets.sftp(),
                    HttpTargets.http(),
                    HttpTargets.s3(),
                    BrokerTargets.jms(),
                    BrokerTargets.amqp(),
                    BrokerTargets.kafka(),
                    BrokerTargets.mqtt())
            .collect(Collectors.toUnmodifiableMap(TargetKind::name, Function.identity()));

    TargetKind(String name, List<Setting<?>> settings) {
        this(name, settings, Map.of(), (values, target) -> {});
    }

    /** Returns these properties, a user and a password. */
    static List<Setting<?>> withLogin(String user, Setting<?>... settings) {
        List<Setting<?>> all = new ArrayList<>(List.of(settings));
        all.add(ofTarget("user", Types.text(), user, "The user; empty: no login."));
        all.add(ofTarget("password", Types.secret(), "", "The password; better given as an environment variable."));
        return all;
    }

    /** Returns the properties of a target of this kind. The properties that all targets have come first. */
    List<Setting<?>> of(String target) {
        List<Setting<?>> all = new ArrayList<>();
        for (Setting<?> setting : DeliverSettings.COMMON) {
            String key = setting.name().substring(setting.name().lastIndexOf('.') + 1);
            all.add(setting.withDefault(defaults.getOrDefault(key, setting.standard()))
                    .of(target));
        }
        settings.forEach(setting -> all.add(setting.of(target)));
        return all;
    }

    /** Returns the rules between the values of a target of this kind. */
    Consumer<Settings> rules(String target) {
        return settings -> {
            DeliveryOrder.require(settings, target);
            rules.accept(settings, target);
        };
    }
}
