package io.framegate.receive;

/**
 * Fails the exchange of an event that lost an image, so that the camera is told to send again. It has no cause on purpose:
 * Camel looks at causes first, and would treat it as the failure that the image's route has dealt with.
 */
public final class NotStoredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For {@code throwException} in a route. */
    public NotStoredException(String message) {
        super(message);
    }
}
