package io.framegate.receive;

/**
 * Fails the exchange of an event of which an image could not be stored, or a reject not kept, so that the camera is
 * told to send the event again. It has no cause: Camel matches causes first, and would handle the failure of the image
 * a second time.
 */
public final class NotStoredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Created by {@code throwException} in a route. */
    public NotStoredException(String message) {
        super(message);
    }
}
