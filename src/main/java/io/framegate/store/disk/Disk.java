package io.framegate.store.disk;

import io.framegate.intake.InFlight;
import io.framegate.settings.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The space on the disk of a directory: the free bytes, and the bytes that should be free. A directory that does not
 * exist lacks no space. Immutable.
 *
 * @param minFree the space to keep free: a size, a part of the disk ({@code 2%}), or 0 for none
 * @param inFlight counts the bytes that connections hold, for which there must be space too
 */
record Disk(Path directory, String minFree, InFlight inFlight) {

    /** More than the gateway writes in a second. */
    private static final long NEAR_LIMIT_BYTES = 2L << 30;

    /** The maximum number of bytes that copies of rejected packets leave free in addition to the limit. */
    private static final long MARGIN_BYTES = 64L << 20;

    boolean exists() {
        return directory.toFile().exists();
    }

    long free() {
        return directory.toFile().getUsableSpace();
    }

    /**
     * The bytes that should be free: at most half of a small disk, and as many as the connections hold. After a
     * shortage 10 % more must be free, so that cameras do not stop and start.
     */
    long needed(boolean afterShortage) {
        long whole = directory.toFile().getTotalSpace();
        long free = Math.min(ByteSize.parseOrPartOf(minFree, whole), whole / 2);
        if (free == 0) {
            return 0;
        }
        return free + (afterShortage ? free / 10 : 0) + Math.min(inFlight.bytes(), whole / 10);
    }

    boolean isNearLimit(boolean afterShortage) {
        return free() - needed(afterShortage) < NEAR_LIMIT_BYTES;
    }

    /**
     * The bytes that a copy of a rejected packet lacks; 0 or less if there is space. Copies leave some space that
     * images may use, so that no camera waits because of them.
     */
    long missingForCopy(long size) {
        long margin = Math.min(directory.toFile().getTotalSpace() / 50, MARGIN_BYTES);
        return exists() ? needed(true) + margin + size - free() : 0;
    }

    /** Whether another directory is on the same disk. */
    boolean has(Path other) {
        try {
            return Files.getFileStore(directory).equals(Files.getFileStore(other));
        } catch (IOException gone) {
            return false;
        }
    }
}
