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
 * One scan of all stored images with their sidecars and thumbnails: their size, and the oldest ones that may be
 * deleted. Remembers at most {@value #MOST} files, so its memory is bounded. Follows no links. Not thread-safe.
 */
final class ImageScan {

    /** Files that one scan remembers. If more have to be deleted, another scan follows. */
    static final int MOST = 10_000;

    private static final int FILES_BETWEEN_PAUSES = 500;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    /** A file that may be deleted: an image, or a sidecar or thumbnail without an image. */
    record OldFile(Path root, String path, long modified, long length) {}

    private final Path images;
    private final ImageNames names;
    private final PathBloomFilter kept;
    private final boolean urgent;
    private final PriorityQueue<OldFile> oldest =
            new PriorityQueue<>(Comparator.comparingLong(OldFile::modified).reversed());
    private long bytes;
    private long oldestKept = Long.MAX_VALUE;
    private long files;
    private long resumed = System.nanoTime();

    private ImageScan(Path images, ImageNames names, PathBloomFilter kept, boolean urgent) {
        this.images = images;
        this.names = names;
        this.kept = kept;
        this.urgent = urgent;
    }

    /**
     * Scans both directories.
     *
     * @param kept images that must not be deleted
     * @param urgent whether to scan without the pauses that leave the disk to the routes
     */
    static ImageScan of(Path images, Path thumbnails, ImageNames names, PathBloomFilter kept, boolean urgent)
            throws IOException {
        ImageScan tree = new ImageScan(images.toRealPath(), names, kept, urgent);
        tree.walk(tree.images);
        if (Files.isDirectory(thumbnails)) {
            tree.walk(thumbnails.toRealPath());
        }
        return tree;
    }

    /** The size of all files. */
    long bytes() {
        return bytes;
    }

    /** The time of the oldest image that must not be deleted, or {@link Long#MAX_VALUE}. */
    long oldestKept() {
        return oldestKept;
    }

    /** Whether more files may be deleted than {@link #oldestFirst} returns. */
    boolean hasMore() {
        return oldest.size() == MOST;
    }

    /** The files that may be deleted, sorted by time. */
    List<OldFile> oldestFirst() {
        List<OldFile> sorted = new ArrayList<>(oldest);
        sorted.sort(Comparator.comparingLong(OldFile::modified).thenComparing(OldFile::path));
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
                pause();
                if (attributes.isRegularFile()) {
                    String path = root.relativize(file).toString().replace(File.separatorChar, '/');
                    file(root, path, attributes.lastModifiedTime().toMillis(), attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) {
                // Deleted since, or the gateway may not read it.
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
            // Deleted together with its image.
            return;
        }
        oldest.add(new OldFile(root, path, modified, length));
        if (oldest.size() > MOST) {
            oldest.remove();
        }
    }

    /** Whether the image exists. A thumbnail has the path of its image, or one extension more. */
    private boolean exists(String path) {
        return Files.exists(images.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Pauses for as long as the last files took, so that a scan costs at most half a core. */
    private void pause() {
        if (++files % FILES_BETWEEN_PAUSES == 0 && !urgent) {
            LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, System.nanoTime() - resumed));
            resumed = System.nanoTime();
        }
    }
}
