package io.framegate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the disk of a directory. If the disk is no longer mounted, the directory must not be recreated on another
 * disk. Immutable.
 */
public final class Device {

    private final Path directory;
    private final @Nullable Object device;

    /** Remembers the disk of a directory. If there is no such directory, its nearest existing parent counts. */
    public Device(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.device = deviceOf(existing(this.directory));
    }

    /** Throws if the directory is on another disk now. If it is gone, its nearest existing parent counts. */
    public void check() throws IOException {
        if (!Objects.equals(device, deviceOf(existing(directory)))) {
            throw new IOException(directory + " is not on its disk any more (expected: mounted as at the start)");
        }
    }

    private static Path existing(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static @Nullable Object deviceOf(Path path) {
        try {
            return Files.getAttribute(path, "unix:dev");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return null;
        }
    }
}
