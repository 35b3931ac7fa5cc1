package io.framegate.outbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The done claims of a segment, and their file: a line of three digits for each.
 *
 * <p>The file is never forced to disk: a mark that is lost in a power cut causes a second delivery. Not thread-safe.
 */
final class DoneMarks implements AutoCloseable {

    /**
     * All marks have the same length, so a truncated mark is not mistaken for another and does not change the next one.
     */
    private static final int LENGTH = 4;

    private final Path file;
    private final BitSet done = new BitSet(Segment.SIZE);

    /** The marks that are not in the file yet. */
    private final BitSet unmarked = new BitSet(Segment.SIZE);

    private @Nullable FileChannel channel;

    DoneMarks(Path file) {
        this.file = file;
    }

    /** Reads the marks that an earlier run left. Returns false if it left no file. */
    boolean read() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (int at = 0; at + LENGTH <= all.length(); at += LENGTH) {
            String mark = all.substring(at, at + LENGTH);
            if (mark.matches("[0-9]{3}\n")) {
                done.set(Integer.parseInt(mark, 0, LENGTH - 1, 10));
            }
        }
        return true;
    }

    boolean has(int index) {
        return done.get(index);
    }

    /** The number of done claims among the first ones. After a power cut there may be marks of lost claims. */
    int ofFirst(int claims) {
        return done.get(0, claims).cardinality();
    }

    /** The index of the first claim that is not done. */
    int firstNotDone() {
        return done.nextClearBit(0);
    }

    /** Marks a claim as done, in memory. */
    void add(int index) {
        done.set(index);
        unmarked.set(index);
    }

    /** Writes the marks to the file. Marks that cannot be written are written with the next. */
    void write() throws IOException {
        if (unmarked.isEmpty()) {
            return;
        }
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open.position(open.size() / LENGTH * LENGTH);
            channel = open;
        }
        for (int index = unmarked.nextSetBit(0); index >= 0; index = unmarked.nextSetBit(index + 1)) {
            long before = open.position();
            try {
                ClaimFile.write(
                        open, String.format(Locale.ROOT, "%03d\n", index).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                open.position(before);
                throw e;
            }
            unmarked.clear(index);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
