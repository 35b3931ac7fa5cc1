package io.framegate.outbox;

import io.framegate.log.Reason;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of one target, in the order in which they were made. The cost of appending, reading and marking does not
 * depend on their number: claims are lines of files of {@value Segment#SIZE}, and a file is deleted when all its claims
 * are done.
 *
 * <p>A claim counts when it is settled, because it is written before its image gets its final name. Each run begins a
 * new file, so no claim follows a line that a crash truncated. Thread-safe.
 */
final class ClaimLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final Path directory;
    private final Durability durability;
    private final Segments segments;
    private final Set<Long> unsettled = new HashSet<>();
    private final Watchers watchers = new Watchers();
    private final long begun;
    private @Nullable Segment reading;
    private long next;
    private boolean woken;
    private boolean closed;

    /**
     * Opens the claims below a directory, which is created if it is missing. The durability decides when claims are
     * forced to disk.
     */
    ClaimLog(Path directory, Durability durability) throws IOException {
        this.directory = directory;
        this.durability = durability;
        durability.makeRoot(directory);
        segments = new Segments(directory, durability);
        next = segments.end();
        begun = next;
        segments.deleteAllThatAreOver();
    }

    /** Adds a claim, which counts once it is {@link #settle settled}, and returns its number. */
    synchronized long append(Claim claim) throws IOException {
        if (closed) {
            throw new IOException("claims: " + directory + " closed");
        }
        segments.writable(next).append(claim);
        unsettled.add(next);
        next++;
        return next - 1;
    }

    /**
     * Forces a claim to disk as the durability requires. Callers share one force, and none of them locks the log
     * meanwhile.
     */
    void force(long number) throws IOException {
        durability.added(holding(number).force());
    }

    /** Forces a claim to disk before this returns, unless nothing is ever forced. */
    void forceNow(long number) throws IOException {
        if (durability.isOn()) {
            holding(number).force().force();
        }
    }

    /** Continues in a new directory, because the old one was deleted or renamed. */
    synchronized void remake() throws IOException {
        durability.makeRoot(directory);
        long lost = segments.remake();
        reading = reading == null ? null : segments.beginningWith(reading.first());
        LOG.atError()
                .addKeyValue("directory", directory)
                .addKeyValue("lost", lost)
                .log("outbox was gone and is made again: images of the lost claims are not delivered");
    }

    private synchronized Segment holding(long number) throws IOException {
        Segment segment = segments.holding(number);
        if (segment == null) {
            throw new IOException("claims: " + directory + " closed");
        }
        return segment;
    }

    /** Gives up a claim that could not be forced. The caller adds another one. */
    void drop(long number) {
        try {
            done(number);
        } catch (IOException e) {
            // An image claimed twice is delivered twice.
            LOG.atWarn().addKeyValue("failure", Reason.plain(e)).log("claim not marked as done");
        } finally {
            settle(number);
            watchers.tell(number, true);
        }
    }

    /** Lets a claim be read: its image has its final name now, or never will. */
    synchronized void settle(long number) {
        unsettled.remove(number);
        notifyAll();
    }

    /**
     * Marks a claim as done. On a full disk the mark is written with a later one; until then it exists in this run
     * only.
     */
    synchronized void done(long number) throws IOException {
        Segment segment = segments.holding(number);
        if (segment != null && number < segment.end()) {
            segment.done(number);
            if (!segments.deleteIfOver(segment)) {
                segments.writeMarks(segment);
            }
        }
    }

    /** The watchers of claims in this log. */
    Watchers watchers() {
        return watchers;
    }

    /** The number of the first claim of this run. */
    long begun() {
        return begun;
    }

    /** Whether all claims before this number are done. */
    synchronized boolean isDoneBefore(long number) {
        return !closed
                && segments.all().stream()
                        .allMatch(segment -> segment.firstNotDone() >= Math.min(segment.end(), number));
    }

    /** Whether no claim with this number waits: it is done, or does not exist. */
    synchronized boolean isDone(long number) {
        Segment segment = segments.holding(number);
        return !closed && (segment == null || number >= segment.end() || segment.isDone(number));
    }

    /** The waiting claim with this number, or null if none waits. Reads its file if the file is not in memory. */
    synchronized @Nullable Claim waiting(long number) throws IOException {
        Segment segment = segments.holding(number);
        if (segment == null || isDone(number)) {
            return null;
        }
        boolean held = segment.isHeld();
        segment.hold();
        Claim claim = number < segment.end() ? segment.claim(number) : null;
        if (!held) {
            segment.release();
        }
        return claim;
    }

    /** A claim and its number. */
    record Entry(long number, Claim claim) {}

    /**
     * Waits for the first claim that is not done, from this number on, until it is settled.
     *
     * @return null if {@link #wake} was called
     */
    synchronized @Nullable Entry await(long from) throws InterruptedException, IOException {
        while (!woken) {
            Entry found = find(from);
            if (found != null) {
                return found;
            }
            wait();
        }
        woken = false;
        return null;
    }

    private @Nullable Entry find(long from) throws IOException {
        for (Segment segment : segments.from(from)) {
            read(segment);
            for (long number = Math.max(from, segment.first()); number < segment.end(); number++) {
                if (!segment.isDone(number)) {
                    return unsettled.contains(number) ? null : new Entry(number, segment.claim(number));
                }
            }
        }
        return null;
    }

    /** Holds a segment in memory in place of the previously read one. */
    private void read(Segment segment) throws IOException {
        if (reading != null && reading != segment) {
            reading.release();
        }
        segment.hold();
        reading = segment;
    }

    /**
     * Passes on the images of all claims that are not done. Appending waits for the read of one file, not of all files.
     */
    void undelivered(Consumer<String> paths) throws IOException {
        List<Long> all;
        synchronized (this) {
            all = segments.all().stream().map(Segment::first).toList();
        }
        for (long first : all) {
            synchronized (this) {
                Segment segment = segments.beginningWith(first);
                if (segment != null) {
                    segment.undelivered(paths);
                }
            }
        }
        synchronized (this) {
            if (closed) {
                // A closed log may have claims that are not done.
                throw new IOException("claims: " + directory + " closed");
            }
        }
    }

    /** Ends {@link #await} without a claim. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** The first claim that is not done, settled or not, or null. */
    synchronized @Nullable Claim oldest() throws IOException {
        for (Segment segment : segments.all()) {
            boolean held = segment.isHeld();
            segment.hold();
            long number = segment.firstNotDone();
            Claim oldest = number < segment.end() ? segment.claim(number) : null;
            if (!held) {
                segment.release();
            }
            if (oldest != null) {
                return oldest;
            }
        }
        return null;
    }

    /** The number of files in memory: the file that is written, and the file that is read. */
    synchronized long held() {
        return segments.all().stream().filter(Segment::isHeld).count();
    }

    /** The number of claims that are not done. Claims that a file lost in a power cut count until the file is read. */
    synchronized long waiting() {
        return segments.all().stream().mapToLong(Segment::waiting).sum();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        segments.close();
    }
}
