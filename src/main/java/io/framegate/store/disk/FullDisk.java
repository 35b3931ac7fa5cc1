package io.framegate.store.disk;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether something could not be written because there is no space for it, by what the operating system says. */
final class FullDisk {

    /** Linux and macOS: no space, or no inode; a quota; Windows; and a write that took nothing. */
    private static final List<String> TEXTS = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "not enough space on the disk",
            "no byte could be written");

    private FullDisk() {}

    static boolean isReasonOf(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof IOException
                    && message != null
                    && TEXTS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
