package io.framegate.context;

import io.framegate.intake.ListenerAccess;
import io.framegate.intake.WireFormats;
import io.framegate.intake.tls.TlsFiles;
import io.framegate.outbox.deliver.ExpressionChecker;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.SettingException;
import io.framegate.settings.SettingWarning;
import io.framegate.settings.SettingWarnings;
import io.framegate.settings.Settings;
import io.framegate.settings.Type;
import io.framegate.settings.WebSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Checks the values of properties, in any context. */
public final class SettingsCheck {

    private SettingsCheck() {}

    /** Returns the problems of invalid properties. */
    public static List<SettingException> problems(CamelContext context, Settings settings) {
        List<SettingException> problems = settings.problems(checker(context));
        if (problems.isEmpty()) {
            problems.addAll(ListenerAccess.problems(settings));
        }
        return problems;
    }

    /** Returns the valid properties that may not have the effect that their operator expects. */
    public static List<SettingWarning> warnings(Settings settings) {
        List<SettingWarning> warnings = new ArrayList<>(
                SettingWarnings.of(settings, Runtime.getRuntime().maxMemory()));
        Stream.of(ListenerSettings.CAMERA.tls(), ListenerSettings.FRAMES.tls(), WebSettings.TLS)
                .map(names -> TlsFiles.warning(settings, names))
                .flatMap(Optional::stream)
                .forEach(warnings::add);
        return warnings;
    }

    /** Returns a check of the rules that only Camel, a client of a target or a listener knows. */
    private static BiConsumer<Type.Needs, String> checker(CamelContext context) {
        ExpressionChecker expressions = new ExpressionChecker(context);
        return (needs, text) -> {
            if (needs == Type.Needs.WIRE_FORMAT) {
                WireFormats.check(text);
            }
            expressions.accept(needs, text);
        };
    }
}
