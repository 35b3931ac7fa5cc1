package io.framegate.store;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Writes images whole, under temporary names beside their final ones, from where a rename makes them visible. What a crash
 * left under a temporary name is no image; {@link #sweep} removes it. Thread-safe.
 *
 * <p>Temporary files are not kept in a directory of their own, because a rename between directories takes a lock of the whole
 * file system.
 */
public final class ImageFile {

    private static final String PREFIX = ".framegate-";
    private static final String SUFFIX = ".part";

    /** More in one call costs a direct buffer of that size for each thread. */
    private static final int SLICE = 256 << 10;

    /** For a directory to be made and a file put into it, against somebody who deletes empty directories. */
    private static final int ATTEMPTS = 100;

    private final Path directory;
    private final Durability durability;

    /** Writes below this images directory; nothing is forced to disk. */
    public ImageFile(Path imagesDirectory) {
        this(imagesDirectory, Durability.NONE);
    }

    /** Writes below this images directory, and forces to disk what this durability says. */
    public ImageFile(Path imagesDirectory, Durability durability) {
        this.directory = imagesDirectory;
        this.durability = durability;
    }

    /** Writes below this directory; for routes, which know it by name only. */
    public static ImageFile below(String directory) {
        return new ImageFile(Path.of(directory));
    }

    /**
     * Writes an image, or nothing: after an error there is no file.
     *
     * @param path the image's final path below the images directory; missing directories are created
     * @param name a name no other image has while this one is written
     * @return the temporary file
     */
    public Path write(String path, String name, byte[] image) throws IOException {
        Path file = directory.resolve(path).resolveSibling(PREFIX + name + SUFFIX);
        for (int attempt = 1; ; attempt++) {
            try {
                if (attempt > 1) {
                    Path parent = file.resolveSibling("").normalize();
                    Files.createDirectories(parent);
                    durability.made(directory, parent);
                }
                writeAll(file, image);
                return file;
            } catch (NoSuchFileException directoryMissing) {
                // Not made yet; or made, and deleted as empty before the file was in it.
                if (attempt == ATTEMPTS) {
                    throw directoryMissing;
                }
            } catch (FileAlreadyExistsException inTheWay) {
                // Or deleted while it was being made.
                if (attempt == ATTEMPTS || Files.exists(Path.of(inTheWay.getFile()), LinkOption.NOFOLLOW_LINKS)) {
                    throw inTheWay;
                }
            }
        }
    }

    private void writeAll(Path file, byte[] image) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(image);
            while (rest.position() < image.length) {
                // A disk that is nearly full takes a part and says so only by this number.
                rest.limit(Math.min(rest.position() + SLICE, image.length));
                if (channel.write(rest) == 0) {
                    throw new FileSystemException(file.toString(), null, "no byte could be written");
                }
            }
            durability.content(channel);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /**
     * A file that was {@link #write written} has its final name now, which is forced as its content was. If that fails there is
     * no such file: it may not survive, so it is no image.
     *
     * @param path the image's final path below the images directory
     */
    public void named(String path) throws IOException {
        Path file = directory.resolve(path);
        try {
            durability.renamed(directory, file);
        } catch (IOException e) {
            discard(file);
            throw e;
        }
    }

    /** Deletes a file that did not become an image; does nothing if it did. */
    public void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("temporary file: " + file + " cannot be deleted", e);
        }
    }

    /**
     * Deletes what a crash left behind, in the whole tree. Files being written now are left alone.
     *
     * @param before only files last written before this time
     * @return how many files
     */
    public int sweep(Instant before) throws IOException {
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
            String name = file.getFileName().toString();
            if (name.startsWith(PREFIX)
                    && name.endsWith(SUFFIX)
                    && attributes.isRegularFile()
                    && attributes.lastModifiedTime().compareTo(before) < 0) {
                Files.deleteIfExists(file);
                swept++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) {
            // Deleted meanwhile, or not ours to read.
            return FileVisitResult.CONTINUE;
        }
    }
}
