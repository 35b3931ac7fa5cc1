package io.framegate.outbox.deliver;

/** An image is longer than the target's {@code max-size}. Another attempt would fail too. */
public final class TooLargeException extends Exception {

    private static final long serialVersionUID = 1;

    TooLargeException(long length, long maxSize) {
        super("image length: " + length + " (expected: <= " + maxSize + ", the target's max-size)");
    }
}
