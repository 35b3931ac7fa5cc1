package io.framegate.worker;

import java.io.IOException;

/** Reports that the place of the image can be read, but the image is not there, or not yet. */
public final class MissingImageException extends IOException {

    private static final long serialVersionUID = 1;

    MissingImageException(String message) {
        super(message);
    }
}
