package io.framegate.outbox;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of one target, in the order in which they were made. Appending, reading and marking cost the same however many wait:
 * claims are lines of files of {@value Segment#SIZE}, and a file is deleted when all its claims are done.
 *
 * <p>A claim counts only when it is settled, because it is written before its image gets its final name. Every run begins a file
 * of its own, so a line that a crash cut off is never followed by another. Thread-safe.
 */
final class ClaimLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final Path directory;
    private final Durability durability;
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    private final Set<Long> unsettled = new HashSet<>();
    private @Nullable Segment writing;
    private @Nullable Segment reading;
    private long next;
    private boolean unmarkable;
    private boolean woken;
    private boolean closed;

    /** How many claims of a log that another process may have open are not done. */
    static long waiting(Path directory) throws IOException {
        long waiting = 0;
        for (Segment segment : segments(directory)) {
            try {
                segment.hold();
                waiting += segment.waiting();
                segment.release();
            } catch (NoSuchFileException doneMeanwhile) {
                // Nothing waits there.
            }
        }
        return waiting;
    }

    private static List<Segment> segments(Path directory) throws IOException {
        List<Segment> segments = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                long first = Segment.firstOf(file);
                if (first >= 0) {
                    segments.add(Segment.existing(directory, first));
                }
            }
        }
        return segments;
    }

    /** Opens the claims below a directory, which is made if it is missing; nothing is forced to disk. */
    ClaimLog(Path directory) throws IOException {
        this(directory, Durability.NONE);
    }

    /** The same, with claims that are forced to disk as this durability says. */
    ClaimLog(Path directory, Durability durability) throws IOException {
        this.directory = directory;
        this.durability = durability;
        durability.makeRoot(directory);
        segments(directory).forEach(segment -> segments.put(segment.first(), segment));
        if (!segments.isEmpty()) {
            Segment last = segments.lastEntry().getValue();
            last.hold();
            last.release();
            next = last.end();
            countOthers();
        }
        deleteIfOver(Set.copyOf(segments.values()));
    }

    /** The numbers go on from file to file, so one need not be read to know how many it has. */
    private void countOthers() {
        Segment behind = null;
        for (Segment segment : segments.descendingMap().values()) {
            if (behind != null) {
                segment.endsBefore(behind.first());
            }
            behind = segment;
        }
    }

    /** Adds a claim, which counts once it is {@link #settle settled}; its number. */
    synchronized long append(Claim claim) throws IOException {
        if (closed) {
            throw new IOException("claims: " + directory + " closed");
        }
        Segment segment = writing == null || writing.isFull() ? roll() : writing;
        segment.append(claim);
        unsettled.add(next);
        next++;
        return next - 1;
    }

    private Segment roll() throws IOException {
        Segment full = writing;
        if (full != null && full.isEmpty()) {
            // Torn at its first line, so the next one has its name.
            full.delete();
            segments.remove(full.first());
            writing = null;
            full = null;
        }
        Segment empty = Segment.create(directory, next);
        segments.put(next, empty);
        writing = empty;
        if (full != null) {
            seal(full);
            // Or a backlog would be held whole; who reads it reads the file.
            full.release();
            deleteIfOver(Set.of(full));
        }
        return empty;
    }

    /** What it lacks to be on disk it gets now; if that fails, those who wait for it learn so. */
    private void seal(Segment full) throws IOException {
        if (durability.isOn()) {
            try {
                full.force().force();
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("directory", directory)
                        .addKeyValue("failure", e.getMessage())
                        .log("claims not forced to disk");
            }
        }
        full.seal();
    }

    private void deleteIfOver(Set<Segment> some) throws IOException {
        for (Segment segment : some) {
            if (segment.isOver()) {
                segment.delete();
                segments.remove(segment.first());
            }
        }
    }

    /** Has this claim forced to disk as the durability says. Many at a time share one force, and none of them holds the log. */
    void force(long number) throws IOException {
        durability.added(holding(number).force());
    }

    /** Has this claim forced to disk before anything else, unless nothing is ever forced. */
    void forceNow(long number) throws IOException {
        if (durability.isOn()) {
            holding(number).force().force();
        }
    }

    private synchronized Segment holding(long number) throws IOException {
        Map.Entry<Long, Segment> entry = segments.floorEntry(number);
        if (entry == null) {
            throw new IOException("claims: " + directory + " closed");
        }
        return entry.getValue();
    }

    /** This claim could not be forced, so another is made in its place. */
    void drop(long number) {
        try {
            done(number);
        } catch (IOException e) {
            // An image claimed twice is delivered twice.
            LOG.atWarn().addKeyValue("failure", e.toString()).log("claim not marked as done");
        } finally {
            settle(number);
        }
    }

    /** The image of this claim has its final name now, or never will. */
    synchronized void settle(long number) {
        unsettled.remove(number);
        notifyAll();
    }

    /** This claim needs nothing more. On a full disk the mark is written with a later one; until then only this run knows. */
    synchronized void done(long number) throws IOException {
        Map.Entry<Long, Segment> entry = segments.floorEntry(number);
        if (entry != null && number < entry.getValue().end()) {
            Segment segment = entry.getValue();
            segment.done(number);
            if (segment.isOver()) {
                // Deleting needs no space, and gives some back.
                deleteIfOver(Set.of(segment));
            } else {
                writeMarks(segment);
            }
        }
    }

    private void writeMarks(Segment segment) {
        try {
            segment.writeMarks();
            unmarkable = false;
        } catch (IOException e) {
            if (!unmarkable) {
                LOG.atWarn()
                        .addKeyValue("directory", directory)
                        .addKeyValue("failure", e.toString())
                        .log("what is delivered cannot be marked so yet: after a crash it would be delivered again");
            }
            unmarkable = true;
        }
    }

    /** A claim as it stands in the log. */
    record Entry(long number, Claim claim) {}

    /**
     * The first claim at or behind this number that is not done; waits until it is settled.
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
        Long begin = segments.floorKey(from);
        for (Segment segment :
                segments.tailMap(begin == null ? from : begin, true).values()) {
            read(segment);
            for (long number = Math.max(from, segment.first()); number < segment.end(); number++) {
                if (!segment.isDone(number)) {
                    return unsettled.contains(number) ? null : new Entry(number, segment.claim(number));
                }
            }
        }
        return null;
    }

    /** Holds this one, and no other that was read before. */
    private void read(Segment segment) throws IOException {
        if (reading != null && reading != segment) {
            reading.release();
        }
        segment.hold();
        reading = segment;
    }

    /** Names the images of all claims that are not done. Whoever appends waits for one file to be read, not for all. */
    void undelivered(Consumer<String> paths) throws IOException {
        List<Long> all;
        synchronized (this) {
            all = List.copyOf(segments.keySet());
        }
        for (long first : all) {
            synchronized (this) {
                Segment segment = segments.get(first);
                if (segment != null) {
                    segment.undelivered(paths);
                }
            }
        }
        synchronized (this) {
            if (closed) {
                // What it has let go of is not done.
                throw new IOException("claims: " + directory + " closed");
            }
        }
    }

    /** Lets whoever awaits a claim go without one. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** The first claim that is not done, settled or not; null if there is none. */
    synchronized @Nullable Claim oldest() throws IOException {
        for (Segment segment : segments.values()) {
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

    /** How many of the files are held in memory: the one that is written, and the one that is read. */
    synchronized long held() {
        return segments.values().stream().filter(Segment::isHeld).count();
    }

    /** How many claims are not done. Claims that a power cut took from a file count until that file is read. */
    synchronized long waiting() {
        return segments.values().stream().mapToLong(Segment::waiting).sum();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (writing != null) {
            seal(writing);
        }
        for (Segment segment : segments.values()) {
            writeMarks(segment);
            segment.close();
        }
        deleteIfOver(Set.copyOf(segments.values()));
        segments.clear();
    }
}
