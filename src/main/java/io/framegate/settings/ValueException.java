package io.framegate.settings;

/**
 * Thrown for a text if the message is more precise than the type of its property: {@code <text> (expected:
 * <constraint>)}.
 */
final class ValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ValueException(String reason) {
        super(reason);
    }
}
