package io.framegate.tool.send;

import java.io.IOException;

/** A picture cannot be read. The next ones may be readable. */
final class DamagedPictureException extends IOException {
    DamagedPictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
