package io.framegate.worker;

import java.util.Locale;

/** Reports a wrong document or image. Another attempt cannot help, so the document goes to the dead letters. */
public final class WrongDeliveryException extends Exception {

    private static final long serialVersionUID = 1;

    /** The reason, as in the dead letter's header {@code FramegateRejectReason} and in the metrics. */
    enum Reason {
        /** The body is no document of an image or an event, or a field of it is missing or wrong. */
        NOT_A_DOCUMENT,
        /** The document refers to a host, a bucket or a directory that the worker may not read. */
        REFERENCE_NOT_ALLOWED,
        /** The image was not there within {@code framegate.worker.patience}. */
        MISSING,
        /** The image is longer than {@code framegate.worker.max-size}. */
        TOO_LONG,
        /** The hash of the image differs from the hash in the document. */
        HASH_DIFFERS,
        /** The bytes are no picture of a known format. */
        NOT_A_PICTURE;

        String tag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;

    WrongDeliveryException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
