package io.framegate.settings;

import java.util.function.Function;

/**
 * The values that a property may have.
 *
 * @param expected a description of the values, for exceptions and the documentation: {@code a time, like 30s}
 * @param reader reads a text; throws {@link IllegalArgumentException} for an invalid one
 * @param needs further checks of the value
 * @param secret whether the text may be a secret, which no exception shows
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

    /** Checks beyond the syntax of a value, which only Camel or a client of a target can make. */
    public enum Needs {
        NOTHING,
        /** An expression in Camel's simple language that names no unknown header. */
        EXPRESSION,
        /** Text with simple expressions in it. */
        TEMPLATE,
        /** An address of HTTP or HTTPS with simple expressions in path and query. */
        HTTP_ADDRESS,
        /** HTTP headers, {@code name=text with simple expressions}. */
        HTTP_HEADERS,
        /** Tags of S3, {@code name=text with simple expressions}. */
        S3_TAGS,
        /** The name of a wire format, built in or from a jar. */
        WIRE_FORMAT,
        /** A directory; {@code --data} moves it if it is relative. */
        DIRECTORY
    }
}
