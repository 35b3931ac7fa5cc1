package io.framegate.store;

import io.framegate.log.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recreates directories that were deleted or renamed while the gateway runs. Checks them once a second, and reports the
 * reason for which images cannot be stored. Thread-safe.
 */
public final class StorageWatch implements AutoCloseable {

    /** A directory that images need. */
    @FunctionalInterface
    public interface Part {

        /** Recreates the directory if it is gone. Throws if images cannot be stored. */
        void ensure() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.disk");
    private static final long PERIOD_MILLIS = 1000;

    /** The time for which an image that could not be stored counts as a problem. */
    private static final Duration FAILURE_COUNTS = Duration.ofSeconds(10);

    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "framegate-storage");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable String unusable;
    private @Nullable String failure;
    private long failedAt;

    /** Adds a directory, and the part that recreates it. */
    public void add(Path directory, Part part) {
        parts.add(() -> {
            part.ensure();
            if (!Files.isWritable(directory)) {
                throw new IOException(directory + " is not writable (expected: a directory for files)");
            }
        });
    }

    /** Starts checking in the background. */
    public void start() {
        timer.scheduleWithFixedDelay(this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Checks all directories once. */
    void check() {
        String found = null;
        for (Part part : parts) {
            try {
                part.ensure();
            } catch (IOException | RuntimeException e) {
                found = found == null ? Reason.plain(e) : found;
            }
        }
        report(found);
    }

    private synchronized void report(@Nullable String found) {
        if (unusable == null && found != null) {
            LOG.atError().addKeyValue("failure", found).log("images cannot be stored");
        } else if (unusable != null && found == null) {
            LOG.atInfo().log("images can be stored again");
        }
        unusable = found;
    }

    /** Reports an image that could not be stored. */
    synchronized void failed(Throwable reason) {
        failure = Reason.plain(reason);
        failedAt = System.nanoTime();
    }

    /** The reason for which images cannot be stored, or null if they can. */
    public synchronized @Nullable String problem() {
        if (unusable != null) {
            return unusable;
        }
        return failure != null && System.nanoTime() - failedAt < FAILURE_COUNTS.toNanos() ? failure : null;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
