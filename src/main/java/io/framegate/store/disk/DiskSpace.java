package io.framegate.store.disk;

import io.framegate.intake.InFlight;
import io.framegate.settings.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops reading from cameras before a disk is full, and goes on when it has space again. What was received by then fits: as much as the
 * connections hold is kept free besides. If a disk gets full all the same, because somebody else fills it, what is to be stored is tried
 * again for as long as that lasts ({@link #isReasonOf}); memory stays bounded, because nobody reads meanwhile.
 *
 * <p>Looks once a second, and ten times a second while it is close. A look is one call of the operating system for each directory.
 * Thread-safe.
 */
public final class DiskSpace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.disk");

    private static final long SELDOM_MILLIS = 1000;
    private static final long OFTEN_MILLIS = 100;

    /** More than is written in a second. */
    private static final long CLOSE_BYTES = 2L << 30;

    /** Longer than the pause after which what could not be stored is tried again. */
    private static final Duration REFUSED = Duration.ofMillis(2500);

    /** How long the end of the gateway waits for space; part of the 20 s that it waits for what is in the routes. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final InFlight inFlight;
    private final String minFree;
    private final List<Path> directories;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "framegate-disk");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable Retention retention;
    private volatile @Nullable DiskShortage shortage;
    private volatile long refusedAt;
    private volatile boolean refused;
    private volatile long stoppingSince;
    private volatile boolean stopping;
    private long since;

    /**
     * Watches the disks of these directories, of which the first is the images'.
     *
     * @param minFree what is to stay free: a size, a part of the disk ({@code 2%}), or 0 for nothing
     */
    public DiskSpace(InFlight inFlight, String minFree, Collection<Path> directories) {
        this.inFlight = inFlight;
        this.minFree = minFree;
        this.directories = List.copyOf(directories);
    }

    /** What deletes images when there is less space than it is to keep free. Before {@link #start}. */
    public void setRetention(Retention retention) {
        this.retention = retention;
    }

    /** Begins to watch. */
    public void start() {
        check();
        timer.schedule(this::watch, SELDOM_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        long pause = SELDOM_MILLIS;
        try {
            pause = check() ? OFTEN_MILLIS : SELDOM_MILLIS;
            DiskShortage now = shortage;
            if (retention != null) {
                // The images' directory is the first.
                retention.runIfLow(now != null && now.directory().equals(directories.get(0)) ? now.needed() : 0);
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("disk not looked at, trying again");
        }
        if (!timer.isShutdown()) {
            timer.schedule(this::watch, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** Looks once; whether the limit is close. */
    synchronized boolean check() {
        DiskShortage before = shortage;
        boolean close = false;
        DiskShortage now = null;
        for (Path directory : directories) {
            long free = directory.toFile().getUsableSpace();
            long needed = needed(directory, before != null);
            if (now == null && free < needed && directory.toFile().exists()) {
                now = new DiskShortage(directory, free, needed);
            }
            close |= free - needed < CLOSE_BYTES;
        }
        if (now == null && isRefused()) {
            // No inode, a quota, or nothing is to be kept free.
            now = before != null ? before : fullest();
        }
        shortage = now;
        say(before, now);
        return close;
    }

    /** A disk so small that this would be most of it is used for half. When there is too little, a tenth more is enough again. */
    private long needed(Path directory, boolean more) {
        long whole = directory.toFile().getTotalSpace();
        long free = Math.min(ByteSize.parseOrPartOf(minFree, whole), whole / 2);
        if (free == 0) {
            return 0;
        }
        return free + (more ? free / 10 : 0) + Math.min(inFlight.bytes(), whole / 10);
    }

    private DiskShortage fullest() {
        return directories.stream()
                .filter(directory -> directory.toFile().exists())
                .map(directory -> new DiskShortage(directory, directory.toFile().getUsableSpace(), 1))
                .min(Comparator.comparingLong(DiskShortage::free))
                .orElseGet(() -> new DiskShortage(directories.get(0), 0, 1));
    }

    private boolean isRefused() {
        return refused && System.nanoTime() - refusedAt < REFUSED.toNanos();
    }

    private void say(@Nullable DiskShortage before, @Nullable DiskShortage now) {
        if (before == null && now != null) {
            inFlight.hold();
            since = System.nanoTime();
            LOG.atError()
                    .addKeyValue("directory", now.directory())
                    .addKeyValue("free", now.free())
                    .addKeyValue("needed", now.needed())
                    .log("disk nearly full: cameras wait until there is space");
        } else if (before != null && now == null) {
            inFlight.release();
            LOG.atInfo()
                    .addKeyValue("directory", before.directory())
                    .addKeyValue("free", before.directory().toFile().getUsableSpace())
                    .addKeyValue("seconds", (System.nanoTime() - since) / 1_000_000_000)
                    .log("disk has space again: cameras go on");
        }
    }

    /** What is missing, or null if there is space. */
    @Nullable
    public DiskShortage shortage() {
        return shortage;
    }

    /** Of what the disks are watched. */
    public List<Path> directories() {
        return directories;
    }

    /** Whether cameras wait for space. */
    public boolean isShort() {
        return shortage != null;
    }

    /** Whether this failure to store comes from a full disk, so that it passes when there is space. */
    public boolean isReasonOf(@Nullable Throwable failure) {
        if (FullDisk.isReasonOf(failure)) {
            refusedAt = System.nanoTime();
            refused = true;
            return true;
        }
        return shortage != null;
    }

    /** From now on nobody waits for space for longer than some seconds. */
    public void stopping() {
        stoppingSince = System.nanoTime();
        stopping = true;
    }

    /** Whether it is of use to wait for space. */
    public boolean mayWait() {
        return !stopping || System.nanoTime() - stoppingSince < GRACE.toNanos();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
