package io.framegate;

import io.framegate.intake.ListenerAccess;
import io.framegate.outbox.deliver.ExpressionChecker;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import java.util.List;
import org.apache.camel.CamelContext;

/** Checks the values of properties, in any context. */
final class SettingsCheck {

    private SettingsCheck() {}

    /** The properties that cannot be meant. */
    static List<SettingException> problems(CamelContext context, Settings settings) {
        List<SettingException> problems = settings.problems(new ExpressionChecker(context));
        if (problems.isEmpty()) {
            problems.addAll(ListenerAccess.problems(settings));
        }
        return problems;
    }
}
