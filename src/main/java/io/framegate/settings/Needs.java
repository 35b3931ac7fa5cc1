package io.framegate.settings;

/**
 * What a value needs besides its syntax, as only Camel or a client of a target can check it.
 */
public enum Needs {
    NOTHING,
    /** A simple expression, all of it, that names no unknown header. */
    EXPRESSION,
    /** Text with simple expressions in it. */
    TEMPLATE,
    /** An address of HTTP or HTTPS with simple expressions in path and query. */
    HTTP_ADDRESS,
    /** HTTP headers, {@code name=text with simple expressions}. */
    HTTP_HEADERS,
    /** Tags of S3, {@code name=text with simple expressions}. */
    S3_TAGS,
    /** A directory; {@code --data} moves it if it is relative. */
    DIRECTORY
}
