package io.framegate.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the order of deliveries: targets that wait for other targets, and cameras that wait for targets. */
final class DeliveryOrder {

    private DeliveryOrder() {}

    /** Refuses a target that waits for a disabled target, or for itself. */
    static void require(Settings settings, String target) {
        if (!settings.get(DeliverSettings.ENABLED.of(target))) {
            return;
        }
        Setting<String> after = DeliverSettings.AFTER.of(target);
        String other = settings.get(after);
        if (other.isEmpty()) {
            return;
        }
        if (other.equals(target)) {
            throw new SettingException(after.name(), other + " (expected: another target)");
        }
        requireOn(settings, after, other);
        List<String> circle = circle(settings, target);
        // Report a circle once, not for each of its targets.
        if (!circle.isEmpty()
                && circle.stream().sorted().findFirst().equals(circle.stream().findFirst())) {
            throw new SettingException(
                    after.name(),
                    other + " (expected: no circle; now " + String.join(" after ", circle) + " after " + target + ")");
        }
    }

    /**
     * Returns the target and the chain of targets that it waits for, if the last one waits for the first; else none.
     */
    private static List<String> circle(Settings settings, String target) {
        List<String> circle = new ArrayList<>(List.of(target));
        Set<String> known = settings.catalogue().targets().keySet();
        String next = settings.get(DeliverSettings.AFTER.of(target));
        while (known.contains(next) && !circle.contains(next)) {
            circle.add(next);
            next = settings.get(DeliverSettings.AFTER.of(next));
        }
        return next.equals(target) ? circle : List.of();
    }

    /** Refuses cameras that wait for disabled targets, or for at least the idle timeout. */
    static void requireAccepting(Settings settings) {
        List<String> targets = DeliverSettings.acceptAfter(settings);
        targets.forEach(target -> requireOn(settings, DeliverSettings.ACCEPT_AFTER, target));
        Duration idle = settings.get(IntakeSettings.IDLE_TIMEOUT);
        if (!targets.isEmpty() && settings.get(DeliverSettings.ACCEPT_TIMEOUT).compareTo(idle) >= 0) {
            throw new SettingException(
                    DeliverSettings.ACCEPT_TIMEOUT.name(),
                    settings.text(DeliverSettings.ACCEPT_TIMEOUT) + " (expected: less than "
                            + IntakeSettings.IDLE_TIMEOUT.name() + ", " + settings.text(IntakeSettings.IDLE_TIMEOUT)
                            + ")");
        }
    }

    private static void requireOn(Settings settings, Setting<?> setting, String target) {
        Set<String> on = settings.targets();
        if (!on.contains(target)) {
            throw new SettingException(
                    setting.name(),
                    target + " (expected: a target that is on: " + (on.isEmpty() ? "none is" : String.join(", ", on))
                            + ")");
        }
    }
}
