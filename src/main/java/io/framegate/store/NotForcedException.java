package io.framegate.store;

import java.io.IOException;

/**
 * Reports that a file which already has its name may not survive a power cut. The step must not be retried: the
 * operating system reports a write error once, so a second force would succeed although bytes are lost.
 */
public final class NotForcedException extends IOException {

    private static final long serialVersionUID = 1;

    public NotForcedException(IOException failure) {
        super("not forced to disk: " + failure.getMessage(), failure);
    }
}
