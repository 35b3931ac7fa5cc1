package io.framegate.settings;

/**
 * A property with which the gateway starts, although it has not the effect that its operator may expect.
 *
 * @param reason {@code <value> (expected: <constraint>)}, never with a secret
 */
public record SettingWarning(String property, String reason) {

    @Override
    public String toString() {
        return property + ": " + reason;
    }
}
