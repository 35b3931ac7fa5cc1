package io.framegate.store.quarantine;

import io.framegate.log.LogLimit;
import io.framegate.store.disk.Rejects;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the files of a directory, and what they occupy on the disk, by deleting the oldest ones, because new files
 * matter more. Also shows both as metrics.
 *
 * <p>Holds two counters and no list of files. The directory is scanned in the background at first and then while
 * metrics are read, and by the thread that reaches a limit. After a scan for metrics there is a pause of twenty times
 * its duration. One thread scans at a time, and no other waits for it, except with an image that must not be lost.
 * Thread-safe.
 */
public final class QuarantineSpace implements Rejects, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");
    private static final int REST = 20;
    private static final long SHORTEST_REST_NANOS = 1_000_000_000;

    /** For how long fewer files are kept after the disk had no free inode. */
    private static final Duration FEWER_FILES = Duration.ofMinutes(10);

    private final Path directory;
    private final long maxBytes;
    private final long maxFiles;

    /** Held while the directory is scanned and files are deleted. No thread that holds {@code this} acquires it. */
    private final ReentrantLock scanning = new ReentrantLock();

    private final LogLimit lines = new LogLimit();
    private long files;
    private long bytes;
    private long fewerFiles;
    private long fewerFilesSince;
    private boolean refreshing;
    private long nextNanos = System.nanoTime();

    /** Limits the files in this directory and the bytes that they occupy. */
    public QuarantineSpace(Path directory, long maxBytes, long maxFiles) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
        this.fewerFiles = maxFiles;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.quarantine.files", this, QuarantineSpace::files)
                .description("Files in the quarantine: two or three for each packet or image")
                .register(registry);
        Gauge.builder("framegate.quarantine.files.limit", this, space -> space.maxFiles)
                .description("Limit above which the oldest files are deleted: framegate.quarantine.max-files")
                .register(registry);
        Gauge.builder("framegate.quarantine", this, QuarantineSpace::bytes)
                .description("Bytes that the files in the quarantine occupy, in whole blocks")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("framegate.quarantine.limit", this, space -> space.maxBytes)
                .description("Limit above which the oldest files are deleted: framegate.quarantine.max-size")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    @Override
    public Path directory() {
        return directory;
    }

    private long files() {
        refresh();
        synchronized (this) {
            return files;
        }
    }

    private long bytes() {
        refresh();
        synchronized (this) {
            return bytes;
        }
    }

    /** Counts the files in the background, unless they were counted just now. */
    public synchronized void refresh() {
        if (!refreshing && System.nanoTime() - nextNanos >= 0) {
            refreshing = true;
            ForkJoinPool.commonPool().execute(this::count);
        }
    }

    private void count() {
        long begun = System.nanoTime();
        scanning.lock();
        try {
            scan();
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().addKeyValue("failure", e.toString()).log("quarantine not counted");
        } finally {
            scanning.unlock();
            synchronized (this) {
                long now = System.nanoTime();
                nextNanos = now + Math.max(SHORTEST_REST_NANOS, REST * (now - begun));
                refreshing = false;
            }
        }
    }

    /** Whether files of these lengths could be kept if all others were deleted. */
    boolean mayHold(List<Integer> lengths) {
        return occupied(lengths) <= maxBytes && lengths.size() <= maxFiles;
    }

    /** What files of these lengths occupy. */
    static long occupied(List<Integer> lengths) {
        return lengths.stream().mapToLong(QuarantineScan::occupied).sum();
    }

    /**
     * Makes room for files of these lengths. Returns false if there is none.
     *
     * @param wait whether to wait for a thread that makes room already
     */
    boolean reserve(List<Integer> lengths, boolean wait) {
        long size = occupied(lengths);
        int count = lengths.size();
        if (!mayHold(lengths) || add(size, count)) {
            return mayHold(lengths);
        }
        if (wait) {
            scanning.lock();
        } else if (!scanning.tryLock()) {
            return false;
        }
        try {
            if (!add(size, count)) {
                // Down to 90 % of the limits, so that a full directory is not scanned for every packet.
                int deleted = deleteDownTo(maxBytes / 10 * 9 - size, mostFiles() / 10 * 9 - count);
                report(deleted);
                return add(size, count) || wait;
            }
        } finally {
            scanning.unlock();
        }
        return true;
    }

    private synchronized boolean add(long size, int count) {
        if (bytes + size > maxBytes || files + count > mostFiles()) {
            return false;
        }
        bytes += size;
        files += count;
        return true;
    }

    private synchronized long mostFiles() {
        if (fewerFiles < maxFiles && System.nanoTime() - fewerFilesSince > FEWER_FILES.toNanos()) {
            fewerFiles = maxFiles;
        }
        return fewerFiles;
    }

    @Override
    public boolean makeRoom(long missing) {
        scanning.lock();
        try {
            QuarantineScan scan = scan();
            int deleted = deleteDownTo(Math.min(scan.bytes() - missing, scan.bytes() / 10 * 9), Long.MAX_VALUE);
            report(deleted);
            return deleted > 0;
        } catch (IOException e) {
            return false;
        } finally {
            scanning.unlock();
        }
    }

    @Override
    public boolean makeRoomForFiles() {
        scanning.lock();
        try {
            long most = scan().files() / 10 * 9;
            synchronized (this) {
                fewerFiles = Math.min(mostFiles(), most);
                fewerFilesSince = System.nanoTime();
            }
            int deleted = deleteDownTo(Long.MAX_VALUE, most / 10 * 9);
            report(deleted);
            return deleted > 0;
        } catch (IOException e) {
            return false;
        } finally {
            scanning.unlock();
        }
    }

    /** Deletes the oldest files until these limits hold. Returns the number of deleted files. */
    private int deleteDownTo(long mostBytes, long mostFiles) {
        int deleted = 0;
        try {
            boolean again = true;
            while (again) {
                int before = deleted;
                for (QuarantineScan.Kept oldest : scan().oldestFirst()) {
                    synchronized (this) {
                        if (bytes <= mostBytes && files <= mostFiles) {
                            return deleted;
                        }
                        bytes -= oldest.size();
                        files--;
                    }
                    Files.deleteIfExists(oldest.file());
                    deleted++;
                }
                again = deleted > before;
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", e.toString()).log("quarantine: oldest files not deleted");
        }
        return deleted;
    }

    /** Corrects the counters. A file that is added meanwhile may count twice until the next scan. */
    private QuarantineScan scan() throws IOException {
        long filesBefore;
        long bytesBefore;
        synchronized (this) {
            filesBefore = files;
            bytesBefore = bytes;
        }
        QuarantineScan scan = QuarantineScan.of(directory);
        synchronized (this) {
            files += scan.files() - filesBefore;
            bytes += scan.bytes() - bytesBefore;
        }
        return scan;
    }

    private void report(int deleted) {
        if (deleted > 0) {
            lines.log("", suppressed -> LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("limit", maxBytes)
                    .addKeyValue("deleted", deleted)
                    .addKeyValue("suppressed", suppressed)
                    .log("quarantine full: oldest files deleted"));
        }
    }
}
