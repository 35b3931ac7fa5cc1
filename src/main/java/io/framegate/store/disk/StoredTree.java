package io.framegate.store.disk;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One look at all stored images, with their sidecars and thumbnails: how much they are, and which are the oldest that may go. Remembers
 * no more than {@value #MOST} of them, however many there are. Follows no link. Not thread-safe.
 */
final class StoredTree {

    /** Images that are remembered; if more have to go, there is another look. */
    static final int MOST = 10_000;

    private static final int FILES_WITHOUT_REST = 500;
    private static final long LONGEST_REST_NANOS = 100_000_000;

    /** A file that may go. A sidecar or a thumbnail is one only if it has lost its image. */
    record Old(Path root, String path, long modified, long length) {}

    private final Path images;
    private final StoredName names;
    private final PathFilter kept;
    private final boolean hurry;
    private final PriorityQueue<Old> oldest =
            new PriorityQueue<>(Comparator.comparingLong(Old::modified).reversed());
    private long bytes;
    private long oldestKept = Long.MAX_VALUE;
    private long seen;
    private long rested = System.nanoTime();

    private StoredTree(Path images, StoredName names, PathFilter kept, boolean hurry) {
        this.images = images;
        this.names = names;
        this.kept = kept;
        this.hurry = hurry;
    }

    /**
     * Looks.
     *
     * @param kept images that must not go
     * @param hurry whether not to rest now and then for the sake of those who store images meanwhile
     */
    static StoredTree look(Path images, Path thumbnails, StoredName names, PathFilter kept, boolean hurry)
            throws IOException {
        StoredTree tree = new StoredTree(images.toRealPath(), names, kept, hurry);
        tree.walk(tree.images);
        if (Files.isDirectory(thumbnails)) {
            tree.walk(thumbnails.toRealPath());
        }
        return tree;
    }

    /** All they take. */
    long bytes() {
        return bytes;
    }

    /** When the oldest of those was stored that must not go; the largest number if there is none. */
    long oldestKept() {
        return oldestKept;
    }

    /** Whether there may be more that may go than {@link #oldestFirst} has. */
    boolean hasMore() {
        return oldest.size() == MOST;
    }

    /** The oldest. */
    List<Old> oldestFirst() {
        List<Old> sorted = new ArrayList<>(oldest);
        sorted.sort(Comparator.comparingLong(Old::modified).thenComparing(Old::path));
        return sorted;
    }

    private void walk(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean own = !directory.equals(root)
                        && directory.getFileName().toString().startsWith(".");
                return own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                rest();
                if (attributes.isRegularFile()) {
                    String path = root.relativize(file).toString().replace(File.separatorChar, '/');
                    file(root, path, attributes.lastModifiedTime().toMillis(), attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) {
                // Gone meanwhile, or not ours to read.
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void file(Path root, String path, long modified, long length) {
        boolean isImage = names.isImage(path.substring(path.lastIndexOf('/') + 1));
        String sidecarOf = names.imageOf(path);
        if (!isImage && sidecarOf == null) {
            return;
        }
        bytes += length;
        if (root.equals(images) && isImage) {
            if (kept.mayContain(path)) {
                oldestKept = Math.min(oldestKept, modified);
                return;
            }
        } else if (exists(sidecarOf == null ? path : sidecarOf) || exists(path.replaceFirst("\\.[^.]*$", ""))) {
            // Goes with its image.
            return;
        }
        oldest.add(new Old(root, path, modified, length));
        if (oldest.size() > MOST) {
            oldest.remove();
        }
    }

    /** A thumbnail has its image's path, or one more ending. */
    private boolean exists(String path) {
        return Files.exists(images.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** As long as the files before took, so that it costs half a core at the most. */
    private void rest() {
        if (++seen % FILES_WITHOUT_REST == 0 && !hurry) {
            LockSupport.parkNanos(Math.min(LONGEST_REST_NANOS, System.nanoTime() - rested));
            rested = System.nanoTime();
        }
    }
}
