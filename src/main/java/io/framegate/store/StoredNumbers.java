package io.framegate.store;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the highest number among stored images, from their names {@code image_<number>_...} in any directory below the
 * given one. Links are followed, as part of the images may be on another disk. What cannot be read is logged and
 * skipped: a file system's own {@code lost+found} is such a directory.
 */
final class StoredNumbers extends SimpleFileVisitor<Path> {

    private static final Logger LOG = LoggerFactory.getLogger(StoredNumbers.class);
    private static final String PREFIX = "image_";

    /** More digits than any gateway will count to; a longer one is part of somebody else's name. */
    private static final int MAX_DIGITS = 15;

    private long highest;

    private StoredNumbers() {}

    /** The highest number, or 0 if there is none. */
    static long highestBelow(Path directory) throws IOException {
        StoredNumbers numbers = new StoredNumbers();
        Files.walkFileTree(
                directory.toRealPath(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, numbers);
        return numbers.highest;
    }

    /** The number in a file's name, or 0 if it has none. */
    static long numberIn(String name) {
        int end = PREFIX.length();
        long number = 0;
        while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
            if (end == PREFIX.length() + MAX_DIGITS) {
                return 0;
            }
            number = number * 10 + (name.charAt(end++) - '0');
        }
        boolean ours = name.startsWith(PREFIX) && end > PREFIX.length() && end < name.length();
        return ours && name.charAt(end) == '_' ? number : 0;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        highest = Math.max(highest, numberIn(file.getFileName().toString()));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
        LOG.warn("image counter: not searched path={} cause={}", file, cause.toString());
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) {
        return FileVisitResult.CONTINUE;
    }
}
