package io.framegate.store;

import io.framegate.event.AsciiDigits;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the highest number in the names of stored images, {@code image_<number>_...}, in a directory and all
 * directories below it. Follows links, because some images may be on another disk. Logs and skips directories that
 * cannot be read, such as a file system's {@code lost+found}.
 */
final class HighestNumber extends SimpleFileVisitor<Path> {

    private static final Logger LOG = LoggerFactory.getLogger(HighestNumber.class);
    /** No gateway counts to 16 digits; a longer number belongs to a foreign file name. */
    private static final Pattern NAME = Pattern.compile("image_([0-9]{1,15})_.*", Pattern.DOTALL);

    private long highest;

    private HighestNumber() {}

    /** Returns the highest number, or 0 if no file name has one. */
    static long below(Path directory) throws IOException {
        HighestNumber numbers = new HighestNumber();
        Files.walkFileTree(
                directory.toRealPath(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, numbers);
        return numbers.highest;
    }

    /** Returns the number in a file name, or 0 if the name has none. */
    static long numberIn(String name) {
        Matcher ours = NAME.matcher(name);
        return ours.matches() ? AsciiDigits.parse(ours.group(1)) : 0;
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
