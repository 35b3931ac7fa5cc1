package io.framegate.store.disk;

import io.framegate.log.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the oldest images, with their sidecars and thumbnails, when they are too old, too many, or the disk has too
 * little space. Keeps images that still have to be delivered: an image's claims are written before the image gets its
 * name, so reading the claims after a scan finds the claims of every image in it. Keeps files that are not the
 * gateway's ({@link ImageNames}).
 *
 * <p>A round needs memory for some thousand paths, regardless of the number of images. Thread-safe; one round runs at a
 * time.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.retention");

    /**
     * After a round that deleted nothing, the pause is this many times the duration of the round, and at least
     * {@link #MIN_PAUSE}.
     */
    private static final int PAUSE_FACTOR = 10;

    private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
    private static final Duration WARN_AGAIN = Duration.ofHours(1);

    private final Path images;
    private final ImageNames names;
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
     * @param name the simple expression that names the images
     * @param thumbnails the directory of thumbnails, which need not exist
     */
    public Retention(Path images, String name, Path thumbnails, RetentionLimits limits, Undelivered claims) {
        this.images = images;
        this.names = new ImageNames(name);
        this.thumbnails = thumbnails;
        this.limits = limits;
        this.claims = claims;
        this.removal = new ImageRemoval(images, thumbnails);
    }

    /** Deletes images until the limits hold, and logs the deletions or the failure. */
    public void run() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        long began = System.nanoTime();
        Round round = new Round();
        try {
            round.run();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("failure", Reason.plain(e)).log("retention stopped, trying again");
        } finally {
            long now = System.nanoTime();
            notBefore = now + (round.files > 0 ? 0 : Math.max(MIN_PAUSE.toNanos(), PAUSE_FACTOR * (now - began)));
            round.report();
            running.set(false);
        }
    }

    /**
     * Starts a round in the background if the disk has too little space. After a round that deleted nothing it waits
     * for some time.
     *
     * @param needed bytes that should be free even if the limit is lower
     */
    void runIfLow(long needed) {
        neededElse = needed;
        if (lacking() > 0 && !running.get() && System.nanoTime() - notBefore > 0) {
            Thread thread = new Thread(this::run, "framegate-retention");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The number of bytes by which the free space is below the space that should be free. */
    private long lacking() {
        return Math.max(0, minFree() - images.toFile().getUsableSpace());
    }

    private long minFree() {
        long minFree = limits.minFree(images.toFile().getTotalSpace());
        return minFree == 0 ? 0 : Math.max(minFree, neededElse);
    }

    /** Scans and deletes until the limits hold. */
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
                // A disk that is not mounted has no images: every thumbnail would seem to have lost its image.
                throw new IOException("images directory: " + images + " has no .framegate (expected: the gateway's)");
            }
            boolean again = true;
            while (again) {
                // Reading the claims first keeps undelivered images out of the scan's bounded list.
                ImageScan scan = ImageScan.of(images, thumbnails, names, undelivered(), low);
                excess = Math.max(limits.maxSize() == 0 ? 0 : scan.bytes() - limits.maxSize(), toFree());
                int before = files;
                delete(scan, undelivered());
                again = files > before && scan.hasMore() && !enough;
            }
        }

        /** 10 % more than must be free, so that not every image needs a round. */
        private long toFree() {
            long lacking = lacking();
            return lacking == 0 ? 0 : lacking + minFree() / 10;
        }

        private void delete(ImageScan scan, PathBloomFilter undelivered) {
            oldestLeft = scan.oldestKept();
            for (ImageScan.OldFile old : scan.oldestFirst()) {
                boolean isDue = old.modified() < oldestAllowed || excess > 0;
                if (isDue && !undelivered.mayContain(old.path())) {
                    long freed = removal.delete(old);
                    files += freed < 0 ? 0 : 1;
                    bytes += Math.max(0, freed);
                    excess -= Math.max(0, freed);
                } else {
                    enough |= !isDue;
                    oldestLeft = Math.min(oldestLeft, old.modified());
                }
            }
        }

        void report() {
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

    private PathBloomFilter undelivered() throws IOException {
        PathBloomFilter paths = new PathBloomFilter();
        claims.undelivered(paths::add);
        return paths;
    }
}
