package io.framegate.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Properties that cannot be meant; the message has one line for each of them. */
public final class InvalidSettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** Refuses the configuration for these reasons. */
    public InvalidSettingsException(List<SettingException> problems) {
        super(problems.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    }
}
