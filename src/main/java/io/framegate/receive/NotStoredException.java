package io.framegate.receive;

/**
 * Fails the exchange of an event if one of its images could not be stored or one of its rejects could not be kept. The
 * camera is then told to send the event again. The exception has no cause: Camel matches causes first, and would handle
 * the failure of the image a second time.
 */
public final class NotStoredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Created by {@code throwException} in a route. */
    public NotStoredException(String message) {
        super(message);
    }
}
