package io.framegate.store.disk;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises a failure whose cause is a full disk, by the operating system's message. Stateless. */
public final class FullDisk {

    /** No space or no inode on Linux and macOS; a quota; Windows; and a write that wrote no byte. */
    private static final List<String> TEXTS = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "not enough space on the disk",
            "no byte could be written");

    private FullDisk() {}

    /** Whether the cause of a failure is a full disk. */
    public static boolean isReasonOf(@Nullable Throwable failure) {
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
