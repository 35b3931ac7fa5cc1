package io.framegate.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the oldest images, with their sidecars and thumbnails, when they are too old, too many, or the disk has too little space. Never
 * one that a target has not got: its claims are written before it has its name, so it is enough to look at the images first and at the
 * claims afterwards. Never what is not the gateway's ({@link StoredName}).
 *
 * <p>A round takes memory for some thousand paths, however many images there are. Thread-safe; one round at a time.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.retention");

    /** When the disk is low and nothing could be deleted, so many times longer than a round took until the next, and at least: */
    private static final int PATIENCE = 10;

    private static final Duration LOW_AGAIN = Duration.ofSeconds(5);
    private static final Duration WARN_AGAIN = Duration.ofHours(1);

    private final Path images;
    private final StoredName names;
    private final RetentionLimits limits;
    private final Undelivered claims;
    private final ImageRemoval removal;
    private final Path thumbnails;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long notBefore = System.nanoTime();
    private volatile long neededElse;
    private long warned;
    private boolean hasWarned;

    /**
     * Keeps the images below a directory within limits.
     *
     * @param name the simple expression by which they are named
     * @param thumbnails the directory of thumbnails, which need not be there
     */
    public Retention(Path images, String name, Path thumbnails, RetentionLimits limits, Undelivered claims) {
        this.images = images;
        this.names = new StoredName(name);
        this.thumbnails = thumbnails;
        this.limits = limits;
        this.claims = claims;
        this.removal = new ImageRemoval(images, thumbnails);
    }

    /** Deletes what has to go; says what was deleted, or why nothing could be. For {@code routes/housekeeping.camel.yaml}. */
    public void run() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        long began = System.nanoTime();
        Round round = new Round();
        try {
            round.run();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("failure", e.toString()).log("retention stopped, trying again");
        } finally {
            long now = System.nanoTime();
            notBefore = now + (round.files > 0 ? 0 : Math.max(LOW_AGAIN.toNanos(), PATIENCE * (now - began)));
            round.say();
            running.set(false);
        }
    }

    /**
     * Runs on a thread of its own, if there is less free than should be; not again at once if that was of no use.
     *
     * @param needed what else should be free, besides the limit
     */
    void runIfLow(long needed) {
        neededElse = needed;
        if (lacking() > 0 && !running.get() && System.nanoTime() - notBefore > 0) {
            Thread thread = new Thread(this::run, "framegate-retention");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Bytes that should be free and are not. */
    private long lacking() {
        return Math.max(0, minFree() - images.toFile().getUsableSpace());
    }

    private long minFree() {
        long minFree = limits.minFree(images.toFile().getTotalSpace());
        return minFree == 0 ? 0 : Math.max(minFree, neededElse);
    }

    /** One look after the other, until nothing has to go. */
    private final class Round {
        private final boolean low = lacking() > 0;
        private final long oldestAllowed = limits.maxAge().isZero()
                ? Long.MIN_VALUE
                : System.currentTimeMillis() - limits.maxAge().toMillis();
        private int files;
        private long bytes;
        private long excess;
        private long oldestLeft = Long.MAX_VALUE;
        private boolean enough;

        void run() throws IOException {
            if (!Files.isDirectory(images.resolve(".framegate"))) {
                // A disk that is not mounted has no images either, and would make every thumbnail one without an image.
                throw new IOException("images directory: " + images + " has no .framegate (expected: the gateway's)");
            }
            boolean again = true;
            while (again) {
                // Before, so that what must not go takes no place among the oldest.
                StoredTree tree = StoredTree.look(images, thumbnails, names, undelivered(), low);
                excess = Math.max(limits.maxSize() == 0 ? 0 : tree.bytes() - limits.maxSize(), toFree());
                int before = files;
                delete(tree, undelivered());
                again = files > before && tree.hasMore() && !enough;
            }
        }

        /** A tenth more than has to be free, so that there is not a round for every image. */
        private long toFree() {
            long lacking = lacking();
            return lacking == 0 ? 0 : lacking + minFree() / 10;
        }

        private void delete(StoredTree tree, PathFilter undelivered) {
            oldestLeft = tree.oldestKept();
            for (StoredTree.Old old : tree.oldestFirst()) {
                boolean goes = old.modified() < oldestAllowed || excess > 0;
                if (goes && !undelivered.mayContain(old.path())) {
                    long freed = removal.delete(old);
                    files += freed < 0 ? 0 : 1;
                    bytes += Math.max(0, freed);
                    excess -= Math.max(0, freed);
                } else {
                    enough |= !goes;
                    oldestLeft = Math.min(oldestLeft, old.modified());
                }
            }
        }

        void say() {
            if (files > 0) {
                LOG.atInfo()
                        .addKeyValue("files", files)
                        .addKeyValue("bytes", bytes)
                        .addKeyValue("oldest", oldestLeft == Long.MAX_VALUE ? "" : Instant.ofEpochMilli(oldestLeft))
                        .log("images deleted");
            }
            if (excess > 0 && (!hasWarned || System.nanoTime() - warned > WARN_AGAIN.toNanos())) {
                hasWarned = true;
                warned = System.nanoTime();
                LOG.atWarn()
                        .addKeyValue("directory", images)
                        .addKeyValue("missing", excess)
                        .log(
                                oldestLeft == Long.MAX_VALUE
                                        ? "not enough space, and no image is left to delete"
                                        : "not enough space: every image that is left has still to be delivered");
            }
        }
    }

    private PathFilter undelivered() throws IOException {
        PathFilter paths = new PathFilter();
        claims.undelivered(paths::add);
        return paths;
    }
}
