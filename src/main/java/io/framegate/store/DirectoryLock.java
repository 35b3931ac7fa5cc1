package io.framegate.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives a directory one owner, by a lock on a file in it. The operating system releases the lock when the process ends,
 * even after a kill. The file itself stays; only the lock counts. Thread-safe.
 */
public final class DirectoryLock implements AutoCloseable {

    /**
     * Files locked by this process. POSIX drops a process's lock when the process closes any channel of the file, so a
     * second attempt in the same process must not even open the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;

    private DirectoryLock(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.key = keyOf(file);
    }

    /** The key that identifies a file independently of its path, or null if the file system has none. */
    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Whether the locked file is still in its place: its directory was not deleted, renamed or replaced. */
    public boolean isInPlace() {
        try {
            return Objects.equals(key, keyOf(file));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Locks an existing directory, or returns null if it is locked already. */
    public static @Nullable DirectoryLock tryOpen(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("lock");
        if (!HELD.add(file)) {
            return null;
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            locked = lock != null;
            return locked ? new DirectoryLock(file, channel) : null;
        } catch (OverlappingFileLockException e) {
            return null; // Another class loader of this process has the lock.
        } finally {
            if (!locked) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
