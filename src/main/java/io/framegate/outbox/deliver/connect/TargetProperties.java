package io.framegate.outbox.deliver.connect;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The properties that an operator has set for a target.
 *
 * @param target the name of the target
 * @param directories returns the operator's directory for the directory with which the check has replaced it
 */
record TargetProperties(String target, UnaryOperator<String> properties, UnaryOperator<Path> directories) {

    /** {@code framegate.deliver.ftp.} */
    String prefix() {
        return "framegate.deliver." + target + ".";
    }

    /** The value of a property without the prefix, or an empty text. */
    String get(String name) {
        return properties.apply(prefix() + name);
    }

    /** {@code framegate.deliver.ftp.user and .password}. */
    String names(String... names) {
        return prefix() + String.join(" and .", names);
    }
}
