package io.framegate.settings;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for an unknown property or an invalid value. The message is one line: {@code <property>: <value> (expected:
 * <constraint>)}.
 */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String property;

    /** Creates the exception for one property. */
    public SettingException(String property, String reason) {
        super(property + ": " + reason);
        this.property = property;
    }

    /** Creates the exception for several properties, with one line for each. */
    public SettingException(List<SettingException> problems) {
        super(problems.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
        this.property = problems.get(0).property;
    }

    public String property() {
        return property;
    }
}
