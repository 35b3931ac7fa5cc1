package io.framegate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the disk of a directory. If the disk is not mounted any more, the directory must not be made again on
 * another one. Immutable.
 */
public final class Device {

    private final Path directory;
    private final @Nullable Object device;

    /** Remembers the disk of an existing directory. */
    public Device(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.device = deviceOf(this.directory);
    }

    /** Throws if the directory is on another disk now. If it is gone, its nearest existing parent counts. */
    public void check() throws IOException {
        Path left = directory;
        while (!Files.exists(left) && left.getParent() != null) {
            left = left.getParent();
        }
        if (!Objects.equals(device, deviceOf(left))) {
            throw new IOException(directory + " is not on its disk any more (expected: mounted as at the start)");
        }
    }

    private static @Nullable Object deviceOf(Path path) {
        try {
            return Files.getAttribute(path, "unix:dev");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return null;
        }
    }
}
