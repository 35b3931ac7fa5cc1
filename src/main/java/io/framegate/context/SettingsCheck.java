package io.framegate.context;

import io.framegate.intake.ListenerAccess;
import io.framegate.intake.WireFormats;
import io.framegate.outbox.deliver.ExpressionChecker;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.Type;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;

/** Checks the values of properties, in any context. */
public final class SettingsCheck {

    private SettingsCheck() {}

    /** The properties that cannot be meant. */
    public static List<SettingException> problems(CamelContext context, Settings settings) {
        List<SettingException> problems = settings.problems(checker(context));
        if (problems.isEmpty()) {
            problems.addAll(ListenerAccess.problems(settings));
        }
        return problems;
    }

    /** What only Camel, a client of a target or a listener can check. */
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
