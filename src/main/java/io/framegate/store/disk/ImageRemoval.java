package io.framegate.store.disk;

import io.framegate.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes an image with what was made of it, and directories that are empty then. Thread-safe. */
final class ImageRemoval {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.retention");

    private static final long ANY_TIME = Long.MIN_VALUE;

    private final Path images;
    private final Path thumbnails;

    ImageRemoval(Path images, Path thumbnails) {
        this.images = images;
        this.thumbnails = thumbnails;
    }

    /** Deletes a file and what belongs to it; the bytes it took, or -1 if it is still there. */
    long delete(StoredTree.Old old) {
        try {
            // The image last: whatever ends this, what is left of it is found again.
            long freed = isImage(old) ? deleteCompanions(old.path()) : 0;
            return freed + delete(old.root(), old.path(), old.modified());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", old.path())
                    .addKeyValue("failure", e.toString())
                    .log("image not deleted");
            return -1;
        }
    }

    private boolean isImage(StoredTree.Old old) throws IOException {
        return old.root().equals(images.toRealPath());
    }

    private long deleteCompanions(String path) throws IOException {
        long freed = delete(images, StoredName.sidecarOf(path), ANY_TIME);
        freed += delete(thumbnails, path, ANY_TIME);
        for (ImageFormat format : ImageFormat.values()) {
            freed += delete(thumbnails, path + "." + format.extension(), ANY_TIME);
        }
        return freed;
    }

    /** If somebody has put another file in its place, that one stays. */
    private static long delete(Path root, String path, long modified) throws IOException {
        Path file = root.resolve(path);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean same = modified == ANY_TIME
                    || modified == attributes.lastModifiedTime().toMillis();
            if (!attributes.isRegularFile() || !same) {
                return 0;
            }
            Files.delete(file);
            deleteEmpty(root, file.getParent());
            return attributes.size();
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    /** Whoever writes an image there at this moment makes it again. */
    private static void deleteEmpty(Path root, @Nullable Path from) {
        try {
            for (Path directory = from;
                    directory != null && !directory.equals(root);
                    directory = directory.getParent()) {
                Files.delete(directory);
            }
        } catch (IOException notEmpty) {
            // Or somebody else was faster.
        }
    }
}
