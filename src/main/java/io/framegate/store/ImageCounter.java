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

    private final CounterFile file;
    private final DirectoryLock lock;
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
        DirectoryLock taken = null;
        try {
            durability.makeRoot(own);
            taken = DirectoryLock.tryOpen(own);
            if (taken == null) {
                throw new IllegalStateException("images directory: " + imagesDirectory + " is in use (expected: one"
                        + " gateway for each directory; stop the other one, or set framegate.images.directory)");
            }
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
     * Returns the next number.
     *
     * @throws UncheckedIOException if a new block could not be reserved; the next call tries again
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized long next() {
        if (closed) {
            throw new IllegalStateException("image counter: closed (expected: open)");
        }
        if (next == reserved) {
            try {
                reserve();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "image counter: " + file.file() + " is not writable, " + reason(e)
                                + " (expected: space and permission to replace it)",
                        e);
            }
        }
        return next++;
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
