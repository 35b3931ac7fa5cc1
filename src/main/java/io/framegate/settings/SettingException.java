package io.framegate.settings;

import java.util.List;
import java.util.stream.Collectors;

/** A property that cannot be meant. The message is one line: {@code <property>: <value> (expected: <constraint>)}. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String property;

    /** What is wrong with a property's value. */
    public SettingException(String property, String reason) {
        super(property + ": " + reason);
        this.property = property;
    }

    /** What is wrong with these properties, one line for each. */
    public SettingException(List<SettingException> problems) {
        super(problems.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
        this.property = problems.get(0).property;
    }

    public String property() {
        return property;
    }
}
