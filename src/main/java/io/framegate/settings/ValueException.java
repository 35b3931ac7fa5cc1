package io.framegate.settings;

/**
 * Refuses a text in words that say more than the type of its property does: {@code <text> (expected: <constraint>)}.
 */
final class ValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ValueException(String reason) {
        super(reason);
    }
}
