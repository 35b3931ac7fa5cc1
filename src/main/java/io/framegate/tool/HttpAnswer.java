package io.framegate.tool;

/**
 * An answer of a gateway over HTTP.
 *
 * @param status such as 200
 * @param body as text
 * @param isLast whether the gateway closes the connection after this answer
 */
public record HttpAnswer(int status, String body, boolean isLast) {}
