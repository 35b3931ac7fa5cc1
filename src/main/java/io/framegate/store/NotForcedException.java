package io.framegate.store;

import java.io.IOException;

/**
 * Something that has its name already may not survive a power cut. The step is not tried again: a second force would say yes,
 * whatever became of what the first one failed with.
 */
public final class NotForcedException extends IOException {

    private static final long serialVersionUID = 1;

    public NotForcedException(IOException failure) {
        super("not forced to disk: " + failure.getMessage(), failure);
    }
}
