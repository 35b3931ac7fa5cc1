package io.framegate.store;

import io.framegate.log.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of files that are being written, and a sweep that deletes the temporary files of a killed run at the next
 * start. A temporary file is in the directory of its final name, because a rename between directories takes a lock of
 * the whole file system.
 */
public final class TemporaryFiles {

    static final String PREFIX = ".framegate-";
    static final String SUFFIX = ".part";

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");

    private TemporaryFiles() {}

    /** The path of a temporary file in the directory of this file; the id is in its name. */
    static String beside(String file, String id) {
        return file.substring(0, file.lastIndexOf(File.separatorChar) + 1) + PREFIX + id + SUFFIX;
    }

    static boolean isTemporary(String path) {
        return path.endsWith(SUFFIX) && path.startsWith(PREFIX, path.lastIndexOf('/') + 1);
    }

    /**
     * Deletes temporary files of earlier runs in the background, because a directory may have a million images.
     *
     * @param started the start of this run; newer files stay
     */
    public static void sweep(List<Path> directories, Instant started) {
        new Thread(() -> directories.forEach(directory -> sweep(directory, started)), "framegate-sweep").start();
    }

    private static void sweep(Path directory, Instant started) {
        try {
            int swept = Files.isDirectory(directory) ? deleteBelow(directory, started) : 0;
            if (swept > 0) {
                LOG.atInfo()
                        .addKeyValue("directory", directory)
                        .addKeyValue("files", swept)
                        .log("temporary files of an earlier run deleted");
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", Reason.plain(e)).log("temporary files not deleted");
        }
    }

    /** Deletes temporary files that were last written before this time, and returns their number. */
    static int deleteBelow(Path directory, Instant before) throws IOException {
        Sweep sweep = new Sweep(FileTime.from(before));
        Files.walkFileTree(directory, sweep);
        return sweep.swept;
    }

    private static final class Sweep extends SimpleFileVisitor<Path> {
        private final FileTime before;
        private int swept;

        Sweep(FileTime before) {
            this.before = before;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (isTemporary(file.toString())
                    && attributes.isRegularFile()
                    && attributes.lastModifiedTime().compareTo(before) < 0) {
                Files.deleteIfExists(file);
                swept++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) {
            // Deleted since, or not readable for the gateway.
            return FileVisitResult.CONTINUE;
        }
    }
}
