package io.framegate.store.disk;

import io.framegate.intake.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops reading from cameras before a disk is full, and continues when the disk has space again. Besides the limit it
 * keeps as many bytes free as the connections hold in memory, so everything received fits. If another program fills the
 * disk, images are retried until there is space ({@link #isReasonOf}). Memory stays bounded, because the gateway reads
 * nothing meanwhile.
 *
 * <p>Checks once a second, and ten times a second near the limit. A check is one system call for each directory.
 * Thread-safe.
 */
public final class DiskSpace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.disk");

    private static final long PERIOD_MILLIS = 1000;
    private static final long PERIOD_NEAR_LIMIT_MILLIS = 100;

    /** A write that fails although more bytes than this are free found no free inode. */
    private static final long FREE_INODES_NEED = 256 << 10;

    /**
     * A write that failed for want of space counts for this long; it is longer than the pause before the next attempt.
     */
    private static final Duration REFUSAL_COUNTS = Duration.ofMillis(2500);

    /**
     * The time for which a stopping gateway waits for space. It is part of the 20 s in which the routes may finish
     * their packets.
     */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final InFlight inFlight;
    private final String minFree;
    private final List<Disk> disks = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "framegate-disk", true));

    private @Nullable Retention retention;
    private @Nullable Rejects rejects;
    private volatile @Nullable DiskShortage shortage;
    private volatile long refusedAt;
    private volatile boolean refused;
    private volatile long stoppingSince;
    private volatile boolean stopping;
    private long since;

    /**
     * Watches the disks of these directories. The first one is the images directory.
     *
     * @param minFree the space to keep free: a size, a part of the disk ({@code 2%}), or 0 for none
     */
    public DiskSpace(InFlight inFlight, String minFree, Collection<Path> directories) {
        this.inFlight = inFlight;
        this.minFree = minFree;
        directories.forEach(this::add);
    }

    /** Watches the disk of one more directory, unless that disk is watched already. */
    public synchronized void add(Path directory) {
        if (!directories().contains(directory)) {
            disks.add(disk(directory));
        }
    }

    private Disk disk(Path directory) {
        return new Disk(directory, minFree, inFlight);
    }

    /** Sets the retention, which deletes old images when space is low. Call it before {@link #start}. */
    public void setRetention(Retention retention) {
        this.retention = retention;
    }

    /**
     * Sets the copies of rejected packets, which are deleted before cameras wait. A disk that has only these copies
     * stops no camera. Call it before {@link #start}.
     */
    public void setRejects(Rejects rejects) {
        this.rejects = rejects;
    }

    /** Checks once, and from then on in the background. */
    public void start() {
        check();
        timer.schedule(this::watch, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        long pause = PERIOD_MILLIS;
        try {
            pause = check() ? PERIOD_NEAR_LIMIT_MILLIS : PERIOD_MILLIS;
            DiskShortage now = shortage;
            if (retention != null) {
                // The first directory is the images directory.
                retention.runIfLow(
                        now != null && now.directory().equals(disks.get(0).directory()) ? now.needed() : 0);
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("disk not checked, trying again");
        }
        if (!timer.isShutdown()) {
            timer.schedule(this::watch, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** Checks once. Returns whether the free space is near the limit. */
    synchronized boolean check() {
        DiskShortage before = shortage;
        DiskShortage now = find(before);
        while (now != null && makesRoom(now)) {
            now = find(before);
        }
        shortage = now;
        report(before, now);
        return disks.stream().anyMatch(disk -> disk.isNearLimit(before != null));
    }

    private @Nullable DiskShortage find(@Nullable DiskShortage before) {
        List<Disk> needed = disks.stream()
                .filter(disk ->
                        disk.exists() && (rejects == null || !disk.directory().equals(rejects.directory())))
                .toList();
        for (Disk disk : needed) {
            long free = disk.free();
            long needs = disk.needed(before != null);
            if (free < needs) {
                return new DiskShortage(disk.directory(), free, needs);
            }
        }
        if (!isRefused()) {
            return null;
        }
        // The disk has no free inode, a quota is used up, or minFree is 0.
        return before != null ? before : fullest(needed);
    }

    private DiskShortage fullest(List<Disk> needed) {
        return needed.stream()
                .map(disk -> new DiskShortage(disk.directory(), disk.free(), 1))
                .min(Comparator.comparingLong(DiskShortage::free))
                .orElseGet(() -> new DiskShortage(disks.get(0).directory(), 0, 1));
    }

    /** Deletes copies of rejected packets if they are on the disk that lacks space. */
    private boolean makesRoom(DiskShortage now) {
        Disk disk = disk(now.directory());
        if (rejects == null || !disk.has(rejects.directory())) {
            return false;
        }
        long free = disk.free();
        boolean lacksInodes = isRefused() && free > FREE_INODES_NEED;
        boolean made = lacksInodes ? rejects.makeRoomForFiles() : rejects.makeRoom(Math.max(now.needed() - free, 1));
        // The next failure shows whether that was enough.
        refused &= !made;
        return made;
    }

    /** The bytes that a copy of a rejected packet lacks in this directory; 0 or less if there is space. */
    public long missingForRejects(Path directory, long size) {
        return disk(directory).missingForCopy(size);
    }

    private boolean isRefused() {
        return refused && System.nanoTime() - refusedAt < REFUSAL_COUNTS.toNanos();
    }

    private void report(@Nullable DiskShortage before, @Nullable DiskShortage now) {
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
                    .addKeyValue("free", disk(before.directory()).free())
                    .addKeyValue("seconds", (System.nanoTime() - since) / 1_000_000_000)
                    .log("disk has space again: cameras go on");
        }
    }

    /** The present shortage, or null if all disks have space. */
    @Nullable
    public DiskShortage shortage() {
        return shortage;
    }

    /** The directories whose disks are watched. */
    public List<Path> directories() {
        return disks.stream().map(Disk::directory).toList();
    }

    /** Whether cameras wait for space. */
    public boolean isShort() {
        return shortage != null;
    }

    /** Whether a full disk is the reason for this failure, so that another attempt succeeds when there is space. */
    public boolean isReasonOf(@Nullable Throwable failure) {
        if (FullDisk.isReasonOf(failure)) {
            refusedAt = System.nanoTime();
            refused = true;
            return true;
        }
        return shortage != null;
    }

    /** Limits all waiting for space to some seconds from now, because the gateway stops. */
    public void stopping() {
        stoppingSince = System.nanoTime();
        stopping = true;
    }

    /** Whether a failed image may still wait for space. */
    public boolean mayWait() {
        return !stopping || System.nanoTime() - stoppingSince < GRACE.toNanos();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
