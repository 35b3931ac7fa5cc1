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
 * Which claims of a segment are done, and the file that says so: one line of three digits each.
 *
 * <p>Never forced to disk, whatever the durability: a mark that a power cut takes means a second delivery, never none. Not
 * thread-safe.
 */
final class DoneMarks implements AutoCloseable {

    /** All of one length, so that one that was cut off is neither taken for another nor makes the next one another. */
    private static final int LENGTH = 4;

    private final Path file;
    private final BitSet done = new BitSet(Segment.SIZE);
    private @Nullable FileChannel channel;

    DoneMarks(Path file) {
        this.file = file;
    }

    /** Takes up those that an earlier run left; false if it left none. */
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

    /** How many of the first claims are done: after a power cut there may be marks of claims that are gone. */
    int ofFirst(int claims) {
        return done.get(0, claims).cardinality();
    }

    /** Marks a claim as done, in the file too. */
    void add(int index) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open.position(open.size() / LENGTH * LENGTH);
            channel = open;
        }
        long before = open.position();
        try {
            Segment.write(open, String.format(Locale.ROOT, "%03d\n", index).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            open.position(before);
            throw e;
        }
        done.set(index);
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
