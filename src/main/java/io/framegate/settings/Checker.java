package io.framegate.settings;

/** Checks values by rules that only Camel or a client of a target knows. */
@FunctionalInterface
public interface Checker {

    /** Throws {@link IllegalArgumentException} with {@code <value> (expected: <constraint>)}; never with a secret. */
    void check(Needs needs, String value);
}
