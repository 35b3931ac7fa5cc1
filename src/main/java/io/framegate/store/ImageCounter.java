package io.framegate.store;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the images: the number in {@code image_<number>_...} is 1, 2, 3, ..., and no number is ever used twice.
 *
 * <pre>
 * images/.framegate/counter   the first number not yet reserved
 * images/.framegate/lock      locked while a gateway uses the directory
 *
 * START             RUNNING                                  CLOSE                      KILL -9
 * counter: 18       counter: 1018, then 2018, ...            counter: 1207              counter: 2018
 * next is 18        18, 19, ... without touching the disk    next start: 1207, no gap   next start: 2018, a gap
 * </pre>
 *
 * <p>The counter reserves numbers in blocks of {@value #BLOCK} and forces the end of a block to disk before it returns
 * a number of that block. A crash or a power cut therefore leaves a gap of less than a block, but no number is used
 * twice. If the file is missing or damaged, the counter continues after the highest number in the name of a stored
 * image.
 *
 * <p>A second gateway cannot use the same directory. Thread-safe.
 */
public final class ImageCounter implements AutoCloseable {

    static final int BLOCK = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(ImageCounter.class);

    private final Path directory;
    private final Durability durability;
    private final CounterFile file;
    private final Device device;
    private @Nullable DirectoryLock lock;
    private long next;
    private long reserved;
    private boolean closed;

    /**
     * Opens the counter of an images directory, which is created if it does not exist. The durability decides whether
     * new directories are forced to disk; numbers always are.
     *
     * @throws IllegalStateException if another gateway uses the directory
     * @throws UncheckedIOException if the directory cannot be written
     */
    public ImageCounter(Path imagesDirectory, Durability durability) {
        Path own = imagesDirectory.resolve(".framegate");
        this.directory = imagesDirectory;
        this.durability = durability;
        DirectoryLock taken = null;
        try {
            durability.makeRoot(own);
            taken = DirectoryLock.tryOpen(own);
            if (taken == null) {
                throw new IllegalStateException(inUse());
            }
            this.device = new Device(own);
            this.file = new CounterFile(own);
            this.lock = taken;
            this.next = first(file, imagesDirectory);
            this.reserved = next;
            reserve();
        } catch (IOException e) {
            release(taken);
            throw new UncheckedIOException(
                    "images directory: " + imagesDirectory + " is not writable, " + reason(e)
                            + " (expected: a directory in which files can be created)",
                    e);
        }
    }

    /**
     * Returns the next number. Recreates and locks the directory if it was deleted or renamed.
     *
     * @throws UncheckedIOException if that failed, or a new block could not be reserved; the next call tries again
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized long next() {
        if (closed) {
            throw new IllegalStateException("image counter: closed (expected: open)");
        }
        try {
            ensure();
            if (next == reserved) {
                reserve();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "image counter: " + file.file() + " is not writable, " + reason(e)
                            + " (expected: space and permission to replace it)",
                    e);
        }
        return next++;
    }

    /**
     * Recreates the directory if it was deleted, renamed or replaced, and locks it. Numbers continue, and no other
     * gateway can use the new directory.
     *
     * @throws IOException if images cannot be stored
     */
    public synchronized void ensure() throws IOException {
        if (closed || (lock != null && lock.isInPlace())) {
            return;
        }
        device.check();
        release(lock);
        lock = null;
        Path own = directory.resolve(".framegate");
        durability.makeRoot(own);
        lock = DirectoryLock.tryOpen(own);
        if (lock == null) {
            throw new IOException(inUse());
        }
        next = Math.max(next, first(file, directory));
        reserved = next;
        reserve();
        LOG.warn("images directory was gone and is made again directory={} next number={}", directory, next);
    }

    private String inUse() {
        return "images directory: " + directory + " is in use (expected: one gateway for each directory; stop the other"
                + " one, or set framegate.images.directory)";
    }

    /**
     * Returns the unused numbers of the block, so that the next start continues without a gap, and unlocks the
     * directory.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (lock == null || !lock.isInPlace()) {
            // The directory belongs to another gateway, or is gone.
            release(lock);
            return;
        }
        try {
            file.write(next);
        } catch (IOException e) {
            LOG.warn("image counter: numbers up to {} stay unused cause={}", reserved - 1, e.toString());
        } finally {
            release(lock);
        }
    }

    private void reserve() throws IOException {
        file.write(reserved + BLOCK);
        reserved += BLOCK;
    }

    private static long first(CounterFile file, Path imagesDirectory) throws IOException {
        long number = file.read();
        if (number > 0) {
            return number;
        }
        long first = HighestNumber.below(imagesDirectory) + 1;
        if (number == CounterFile.DAMAGED) {
            LOG.warn(
                    "image counter: damaged file={} goes on at {}, after the highest stored image", file.file(), first);
        } else if (first > 1) {
            LOG.info(
                    "image counter: missing file={} goes on at {}, after the highest stored image", file.file(), first);
        }
        return first;
    }

    private static void release(@Nullable DirectoryLock lock) {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("image counter: lock not released cause={}", e.toString());
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e instanceof FileSystemException ? e.getClass().getSimpleName() : String.valueOf(e.getMessage());
    }
}
