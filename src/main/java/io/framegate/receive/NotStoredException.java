package io.framegate.receive;

/**
 * An image of the event could not be stored. It has no cause on purpose: Camel looks at causes first, and would treat it as the
 * failure that the image's own route has dealt with already.
 */
public final class NotStoredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotStoredException(Throwable failure) {
        super("an image could not be stored: " + failure.getMessage());
    }
}
