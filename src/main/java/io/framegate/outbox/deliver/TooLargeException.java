package io.framegate.outbox.deliver;

/** An image is longer than its target is said to take. Trying again would be of no use. */
public final class TooLargeException extends Exception {

    private static final long serialVersionUID = 1;

    TooLargeException(long length, long maxSize) {
        super("image length: " + length + " (expected: <= " + maxSize + ", the target's max-size)");
    }
}
