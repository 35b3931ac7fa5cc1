package io.framegate.outbox;

import io.framegate.log.Reason;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a claim log, in their order. The last one may be open for more claims. A file is deleted when all its
 * claims are done. Not thread-safe.
 */
final class Segments {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final Path directory;
    private final Durability durability;
    private final NavigableMap<Long, Segment> byFirst = new TreeMap<>();
    private @Nullable Segment writing;
    private boolean unmarkable;

    /** Finds the files that earlier runs left. */
    Segments(Path directory, Durability durability) throws IOException {
        this.directory = directory;
        this.durability = durability;
        in(directory).forEach(segment -> byFirst.put(segment.first(), segment));
        if (!byFirst.isEmpty()) {
            Segment last = byFirst.lastEntry().getValue();
            last.hold();
            last.release();
            countOthers();
        }
    }

    /** The number of claims that are not done, in a directory that another process may use. */
    static long waiting(Path directory) throws IOException {
        long waiting = 0;
        for (Segment segment : in(directory)) {
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

    private static List<Segment> in(Path directory) throws IOException {
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

    /** Numbers continue from file to file, so the length of a file follows from the next one without reading it. */
    private void countOthers() {
        Segment next = null;
        for (Segment segment : byFirst.descendingMap().values()) {
            if (next != null) {
                segment.endsBefore(next.first());
            }
            next = segment;
        }
    }

    /** The number of the next claim. */
    long end() {
        return byFirst.isEmpty() ? 0 : byFirst.lastEntry().getValue().end();
    }

    Collection<Segment> all() {
        return byFirst.values();
    }

    /** The segment of this claim and all that follow. */
    Collection<Segment> from(long number) {
        Long first = byFirst.floorKey(number);
        return byFirst.tailMap(first == null ? number : first, true).values();
    }

    /** The segment that may have this claim, or null if there is none. */
    @Nullable
    Segment holding(long number) {
        Map.Entry<Long, Segment> entry = byFirst.floorEntry(number);
        return entry == null ? null : entry.getValue();
    }

    /** The segment that begins with this claim, or null if it is deleted. */
    @Nullable
    Segment beginningWith(long first) {
        return byFirst.get(first);
    }

    /** The segment for a claim with this number; a new one if the last is full. */
    Segment writable(long next) throws IOException {
        return writing == null || writing.isFull() ? roll(next) : writing;
    }

    private Segment roll(long next) throws IOException {
        Segment full = writing;
        if (full != null && full.isEmpty()) {
            // Its first line could not be written whole, so the next segment has the same name.
            full.delete();
            byFirst.remove(full.first());
            writing = null;
            full = null;
        }
        Segment empty = Segment.create(directory, next);
        byFirst.put(next, empty);
        writing = empty;
        if (full != null) {
            seal(full);
            // Otherwise memory would hold the whole backlog.
            full.release();
            deleteIfOver(full);
        }
        return empty;
    }

    /**
     * Writes the claims in memory to new files, because the directory was deleted. Forgets the other files that are
     * gone.
     *
     * @return the number of claims that are lost
     */
    long remake() throws IOException {
        long lost = 0;
        for (Segment segment : List.copyOf(byFirst.values())) {
            if (segment.exists()) {
                continue;
            }
            if (segment.isHeld()) {
                Segment copy = segment.remade(directory);
                byFirst.put(copy.first(), copy);
                if (writing == segment) {
                    writing = copy;
                }
                if (durability.isOn()) {
                    copy.force().force();
                }
            } else {
                lost += segment.waiting();
                byFirst.remove(segment.first());
            }
        }
        return lost;
    }

    /** Forces the rest of a full segment to disk. If that fails, the waiting callers get the failure too. */
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

    /** Deletes a segment whose claims are all done. A deletion needs no space, and frees some. */
    boolean deleteIfOver(Segment segment) throws IOException {
        boolean over = segment.isOver();
        if (over) {
            segment.delete();
            byFirst.remove(segment.first());
        }
        return over;
    }

    void deleteAllThatAreOver() throws IOException {
        for (Segment segment : Set.copyOf(byFirst.values())) {
            deleteIfOver(segment);
        }
    }

    /** Writes the marks to the segment's file. Logs a failure once, and writes the marks with the next ones. */
    void writeMarks(Segment segment) {
        try {
            segment.writeMarks();
            unmarkable = false;
        } catch (IOException e) {
            if (!unmarkable) {
                LOG.atWarn()
                        .addKeyValue("directory", directory)
                        .addKeyValue("failure", Reason.plain(e))
                        .log("deliveries cannot be marked as done yet: after a crash they would be repeated");
            }
            unmarkable = true;
        }
    }

    void close() throws IOException {
        if (writing != null) {
            seal(writing);
        }
        for (Segment segment : byFirst.values()) {
            writeMarks(segment);
            segment.close();
        }
        deleteAllThatAreOver();
        byFirst.clear();
    }
}
