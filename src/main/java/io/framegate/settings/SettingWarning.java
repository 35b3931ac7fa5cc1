package io.framegate.settings;

/**
 * A valid property that may not have the effect that its operator expects.
 *
 * @param reason {@code <value> (expected: <constraint>)}, never with a secret
 */
public record SettingWarning(String property, String reason) {

    @Override
    public String toString() {
        return property + ": " + reason;
    }
}
