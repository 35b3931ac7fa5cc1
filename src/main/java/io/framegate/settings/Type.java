package io.framegate.settings;

import java.util.function.Function;

/**
 * The values that a property may have.
 *
 * @param expected what they are, as a refusal and the documentation say it: {@code a time, like 30s}
 * @param reader gives the value of a text; throws {@link IllegalArgumentException} for a text that has none
 * @param needs what else must hold
 * @param secret whether the text may be a secret, which no refusal shows
 */
public record Type<T>(String expected, Function<String, T> reader, Needs needs, boolean secret) {

    Type(String expected, Function<String, T> reader) {
        this(expected, reader, Needs.NOTHING, false);
    }

    Type<T> needing(Needs other) {
        return new Type<>(expected, reader, other, secret);
    }

    Type<T> asSecret() {
        return new Type<>(expected, reader, needs, true);
    }
}
