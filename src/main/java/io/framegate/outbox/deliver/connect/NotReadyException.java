package io.framegate.outbox.deliver.connect;

/** The target answers, and would take no image. The message says why, and what to set. */
final class NotReadyException extends Exception {

    private static final long serialVersionUID = 1;

    NotReadyException(String words) {
        super(words);
    }
}
