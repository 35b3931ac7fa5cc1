package io.framegate.route;

/** An image of the event could not be stored. The image's own route has tried again already. */
public final class NotStoredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotStoredException(Throwable cause) {
        super("an image could not be stored: " + cause.getMessage(), cause);
    }
}
