package io.framegate.tool.send;

import java.io.IOException;

/** One picture cannot be read; those after it may be. */
final class DamagedPictureException extends IOException {
    DamagedPictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
