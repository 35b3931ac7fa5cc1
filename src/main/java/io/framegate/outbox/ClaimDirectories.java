package io.framegate.outbox;

import io.framegate.log.Reason;
import io.framegate.store.Device;
import io.framegate.store.DirectoryLock;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of the claims, one for each target, locked against other gateways. Used by one thread at a time.
 */
final class ClaimDirectories implements AutoCloseable {

    /** The beginning of messages about a directory. */
    static final String PROPERTY = "framegate.outbox.directory: ";

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final Path directory;
    private final Durability durability;
    private final Map<String, DirectoryLock> locks = new TreeMap<>();
    private final Map<String, Device> devices = new TreeMap<>();

    /** Directories below this one. */
    ClaimDirectories(Path directory, Durability durability) {
        this.directory = directory;
        this.durability = durability;
    }

    /** The directories of all targets in an outbox, by name. Empty if the outbox does not exist. */
    static List<Path> all(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    /**
     * Returns the directory of a target, created if it is missing, and locked.
     *
     * @throws IllegalStateException if another gateway has locked it
     */
    Path open(String target) throws IOException {
        lock(target);
        Path claims = directory.resolve(target);
        devices.put(target, new Device(claims));
        return claims;
    }

    private void lock(String target) throws IOException {
        Path claims = directory.resolve(target);
        durability.makeRoot(claims);
        DirectoryLock lock = DirectoryLock.tryOpen(claims);
        if (lock == null) {
            throw new IllegalStateException(PROPERTY + claims + " is in use (expected: one that no other gateway has)");
        }
        locks.put(target, lock);
    }

    /** Recreates the directory of a target if it was deleted, renamed or replaced. Returns whether it did so. */
    boolean ensure(String target) throws IOException {
        DirectoryLock lock = locks.get(target);
        if (lock != null && lock.isInPlace()) {
            return false;
        }
        Objects.requireNonNull(devices.get(target)).check();
        if (lock != null) {
            close(lock);
            locks.remove(target);
        }
        lock(target);
        return true;
    }

    private static void close(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.atError().addKeyValue("failure", Reason.plain(e)).log("lock not given back");
        }
    }

    @Override
    public void close() {
        locks.values().forEach(ClaimDirectories::close);
        locks.clear();
    }
}
