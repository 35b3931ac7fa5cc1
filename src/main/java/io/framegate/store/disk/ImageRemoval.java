package io.framegate.store.disk;

import io.framegate.image.ImageFormat;
import io.framegate.log.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes an image with its sidecar and thumbnails, and directories that become empty. Thread-safe. */
final class ImageRemoval {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.retention");

    private static final long ANY_TIME = Long.MIN_VALUE;

    private final Path images;
    private final Path thumbnails;

    ImageRemoval(Path images, Path thumbnails) {
        this.images = images;
        this.thumbnails = thumbnails;
    }

    /** Deletes a file and its companions. Returns the freed bytes, or -1 if the file could not be deleted. */
    long delete(ImageScan.OldFile old) {
        try {
            // The image goes last: after a crash in between, the next scan finds the image and deletes the rest.
            long freed = isImage(old) ? deleteCompanions(old.path()) : 0;
            return freed + delete(old.root(), old.path(), old.modified());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", old.path())
                    .addKeyValue("failure", Reason.plain(e))
                    .log("image not deleted");
            return -1;
        }
    }

    private boolean isImage(ImageScan.OldFile old) throws IOException {
        return old.root().equals(images.toRealPath());
    }

    private long deleteCompanions(String path) throws IOException {
        long freed = delete(images, ImageNames.sidecarOf(path), ANY_TIME);
        freed += delete(thumbnails, path, ANY_TIME);
        for (ImageFormat format : ImageFormat.values()) {
            freed += delete(thumbnails, path + "." + format.extension(), ANY_TIME);
        }
        return freed;
    }

    /** Deletes nothing if another file has taken the path since the scan. */
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

    /** A writer that needs such a directory at this moment creates it again. */
    private static void deleteEmpty(Path root, @Nullable Path from) {
        try {
            for (Path directory = from;
                    directory != null && !directory.equals(root);
                    directory = directory.getParent()) {
                Files.delete(directory);
            }
        } catch (IOException notEmpty) {
            // Or already deleted by another program.
        }
    }
}
