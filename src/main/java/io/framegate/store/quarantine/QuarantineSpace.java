package io.framegate.store.quarantine;

import io.framegate.log.LogLimit;
import io.framegate.log.Reason;
import io.framegate.store.disk.Rejects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of files in a directory and the bytes that they occupy on the disk. Deletes the oldest files,
 * because new files matter more.
 *
 * <p>Holds two counters and no list of files. {@link QuarantineMeters} and each thread that reaches a limit scan the
 * directory. One thread scans at a time. Other threads wait for it only with an image that must not be lost.
 * Thread-safe.
 */
public final class QuarantineSpace implements Rejects {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");

    /** The time for which fewer files are kept after the disk had no free inode. */
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

    /** Limits the files in this directory and the bytes that they occupy. */
    public QuarantineSpace(Path directory, long maxBytes, long maxFiles) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
        this.fewerFiles = maxFiles;
    }

    @Override
    public Path directory() {
        return directory;
    }

    long maxBytes() {
        return maxBytes;
    }

    long maxFiles() {
        return maxFiles;
    }

    synchronized long files() {
        return files;
    }

    /** The bytes that all files occupy on the disk. */
    synchronized long bytes() {
        return bytes;
    }

    /** Corrects the counters: counts the existing files. */
    public void count() {
        scanned(scan -> true);
    }

    /** The bytes that files of these lengths occupy on the disk. */
    static long occupied(List<Integer> lengths) {
        return lengths.stream().mapToLong(QuarantineScan::occupied).sum();
    }

    /**
     * Makes room for files of these lengths. Returns false if there is none.
     *
     * @param wait whether to wait for a thread that is already making room
     */
    boolean reserve(List<Integer> lengths, boolean wait) {
        long size = occupied(lengths);
        int count = lengths.size();
        if (size > maxBytes || count > maxFiles) {
            return false;
        }
        if (add(size, count)) {
            return true;
        }
        if (wait) {
            scanning.lock();
        } else if (!scanning.tryLock()) {
            return false;
        }
        try {
            if (!add(size, count)) {
                // Down to 90 % of the limits, so that a full directory is not scanned for every packet.
                deleteDownTo(maxBytes / 10 * 9 - size, mostFiles() / 10 * 9 - count);
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
        return scanned(scan -> deleteDownTo(Math.min(scan.bytes() - missing, scan.bytes() / 10 * 9), Long.MAX_VALUE));
    }

    @Override
    public boolean makeRoomForFiles() {
        return scanned(scan -> {
            long most = scan.files() / 10 * 9;
            synchronized (this) {
                fewerFiles = Math.min(mostFiles(), most);
                fewerFilesSince = System.nanoTime();
            }
            return deleteDownTo(Long.MAX_VALUE, most / 10 * 9);
        });
    }

    /** Runs an action on a new scan while no other thread scans. Returns false if the directory cannot be scanned. */
    private boolean scanned(Predicate<QuarantineScan> then) {
        scanning.lock();
        try {
            return then.test(scan());
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().addKeyValue("failure", Reason.plain(e)).log("quarantine not scanned");
            return false;
        } finally {
            scanning.unlock();
        }
    }

    /** Deletes the oldest files until these limits hold. Returns whether a file was deleted. */
    private boolean deleteDownTo(long mostBytes, long mostFiles) {
        int deleted = 0;
        try {
            int before;
            do {
                before = deleted;
                for (QuarantineScan.Kept oldest : scan().oldestFirst()) {
                    if (!remove(oldest, mostBytes, mostFiles)) {
                        return report(deleted);
                    }
                    deleted++;
                }
            } while (deleted > before);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", Reason.plain(e)).log("quarantine: oldest files not deleted");
        }
        return report(deleted);
    }

    /** Deletes a file unless these limits hold already. */
    private boolean remove(QuarantineScan.Kept oldest, long mostBytes, long mostFiles) throws IOException {
        synchronized (this) {
            if (bytes <= mostBytes && files <= mostFiles) {
                return false;
            }
            bytes -= oldest.size();
            files--;
        }
        Files.deleteIfExists(oldest.file());
        return true;
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

    private boolean report(int deleted) {
        if (deleted > 0) {
            lines.log("", suppressed -> LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("limit", maxBytes)
                    .addKeyValue("deleted", deleted)
                    .addKeyValue("suppressed", suppressed)
                    .log("quarantine full: oldest files deleted"));
        }
        return deleted > 0;
    }
}
