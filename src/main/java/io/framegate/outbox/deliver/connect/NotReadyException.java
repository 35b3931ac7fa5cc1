package io.framegate.outbox.deliver.connect;

/** Reports that the target answers, but would accept no image. The message has the reason and the property to set. */
final class NotReadyException extends Exception {

    private static final long serialVersionUID = 1;

    NotReadyException(String words) {
        super(words);
    }
}
