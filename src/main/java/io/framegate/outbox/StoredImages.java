package io.framegate.outbox;

import io.framegate.store.Device;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The directory of the stored images, on the disk on which it was when the deliveries began. Distinguishes a deleted
 * image from a disk that is away: a claim on a deleted image is done, a claim on an image of a missing disk waits.
 * Immutable.
 */
final class StoredImages {

    private final Path directory;
    private final Device device;

    StoredImages(Path directory) {
        this.directory = directory;
        device = new Device(directory);
    }

    /** The file of an image, by its path below the directory. */
    Path file(String path) {
        return directory.resolve(path);
    }

    /**
     * Whether the directory has the file of this image, readable or not.
     *
     * @throws IOException if the directory is away, or its disk cannot be read
     */
    boolean has(String path) throws IOException {
        try {
            return Files.readAttributes(file(path), BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException none) {
            requireDirectory();
            return false;
        } catch (IOException unreadable) {
            // One file is not the disk: the attempt to send it fails, and the retries of the route decide.
            requireDirectory();
            return true;
        }
    }

    private void requireDirectory() throws IOException {
        device.check();
        directory.getFileSystem().provider().checkAccess(directory, AccessMode.READ, AccessMode.EXECUTE);
    }
}
