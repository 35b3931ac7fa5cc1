package io.framegate.settings;

/** A property that cannot be meant. The message is one line: {@code <property>: <value> (expected: <constraint>)}. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String property;

    /** What is wrong with a property's value. */
    public SettingException(String property, String reason) {
        super(property + ": " + reason);
        this.property = property;
    }

    /** The property's name. */
    public String property() {
        return property;
    }
}
