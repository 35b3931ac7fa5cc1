package io.framegate.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some hundred claims that follow each other, in a file, and beside it a file that says which of them are done.
 *
 * <pre>
 * 0000000000000000256.claims      0000000000000000256.done
 * +----------------------+        +-----+
 * | claim 256            |        | 000 |   the first claim is done,
 * | claim 257            |        | 002 |   and the third
 * | claim 258            |        +-----+
 * +----------------------+
 * </pre>
 *
 * <p>Only the process that made a segment writes claims to it, so a line that a crash cut off is the last, and its image has no
 * final name. Not thread-safe.
 */
final class Segment {

    /** Claims of one file. A claim is about a kilobyte, and the file that is read is held whole. */
    static final int SIZE = 256;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    /** All of one length, so that one that was cut off is neither taken for another nor makes the next one another. */
    private static final int MARK = 4;

    private static final String CLAIMS = ".claims";
    private static final String DONE = ".done";

    private final Path directory;
    private final long first;
    private final BitSet done = new BitSet(SIZE);

    /** Of these, those whose marks are not in the file: it could not be written. */
    private final BitSet unmarked = new BitSet(SIZE);

    private @Nullable List<Claim> claims;
    private @Nullable FileChannel file;
    private @Nullable FileChannel marks;

    /** A line could be neither written nor taken back: no other may follow it. */
    private boolean torn;

    /** An upper bound until the file was read. */
    private int count;

    private Segment(Path directory, long first, int count) {
        this.directory = directory;
        this.first = first;
        this.count = count;
    }

    /** Begins a new one. */
    static Segment create(Path directory, long first) throws IOException {
        Segment segment = new Segment(directory, first, 0);
        segment.claims = new ArrayList<>();
        // A crash may have come between a deletion's two steps.
        Files.deleteIfExists(segment.path(DONE));
        segment.file = FileChannel.open(segment.path(CLAIMS), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return segment;
    }

    /** One that an earlier run left. */
    static Segment existing(Path directory, long first) throws IOException {
        Segment segment = new Segment(directory, first, SIZE);
        if (Files.exists(segment.path(DONE))) {
            segment.readMarks();
            segment.hold();
            segment.release();
        }
        return segment;
    }

    /** The number of the first claim of the file of that name, or -1 if it is none. */
    static long firstOf(Path file) {
        String name = file.getFileName().toString();
        return name.matches("[0-9]{19}" + CLAIMS) ? Long.parseLong(name.substring(0, 19), 10) : -1;
    }

    private void readMarks() throws IOException {
        String all = Files.readString(path(DONE), StandardCharsets.ISO_8859_1);
        for (int at = 0; at + MARK <= all.length(); at += MARK) {
            String mark = all.substring(at, at + MARK);
            if (mark.matches("[0-9]{3}\n")) {
                done.set(Integer.parseInt(mark, 0, MARK - 1, 10));
            }
        }
    }

    /** Whole lines; what a crash cut off is none. */
    private static List<String> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private Path path(String ending) {
        return directory.resolve(String.format(Locale.ROOT, "%019d", first) + ending);
    }

    long first() {
        return first;
    }

    /** The number behind that of the last claim. */
    long end() {
        return first + count;
    }

    /** The next one begins there, so no claim of this one has a higher number. */
    void endsBefore(long next) {
        count = (int) Math.min(count, next - first);
    }

    /** The number of the first claim that is not done; the end if all are. */
    long firstNotDone() {
        return Math.min(end(), first + done.nextClearBit(0));
    }

    int waiting() {
        return Math.max(0, count - done.cardinality());
    }

    boolean isFull() {
        return count >= SIZE || torn;
    }

    /** Adds a claim, or throws and adds nothing. */
    void append(Claim claim) throws IOException {
        FileChannel channel = file;
        List<Claim> all = claims;
        if (channel == null || all == null) {
            throw new IllegalStateException("segment " + first + ": sealed");
        }
        long before = channel.position();
        try {
            write(channel, claim.line());
        } catch (IOException e) {
            takeBack(channel, before, e);
            throw e;
        }
        all.add(claim);
        count++;
    }

    private void takeBack(FileChannel channel, long before, IOException cause) {
        try {
            channel.truncate(before);
        } catch (IOException e) {
            torn = true;
            cause.addSuppressed(e);
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            if (channel.write(rest) == 0) {
                throw new IOException("no byte could be written");
            }
        }
    }

    /** No claim comes any more. */
    void seal() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    boolean isHeld() {
        return claims != null;
    }

    /** Reads the file, after which the count is right, unless it is held already. */
    void hold() throws IOException {
        if (claims == null) {
            List<Claim> read = new ArrayList<>();
            for (String line : read(path(CLAIMS))) {
                read.add(parse(line));
            }
            claims = read;
            count = read.size();
        }
    }

    private Claim parse(String line) {
        try {
            return Claim.parse(line);
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("file", path(CLAIMS))
                    .addKeyValue("failure", e.getMessage())
                    .log("claim cannot be read, its image is not delivered");
            return Claim.NONE;
        }
    }

    /** A claim of a segment that is held. */
    Claim claim(long number) {
        if (claims == null) {
            throw new IllegalStateException("segment " + first + ": not held");
        }
        return claims.get((int) (number - first));
    }

    /** Lets go of what was read; a segment that claims are added to stays. */
    void release() {
        if (file == null) {
            claims = null;
        }
    }

    boolean isDone(long number) {
        return done.get((int) (number - first));
    }

    /** Names the images of the claims that are not done. */
    void undelivered(Consumer<String> paths) throws IOException {
        boolean held = claims != null;
        hold();
        for (long number = first; number < end(); number++) {
            if (!isDone(number)) {
                paths.accept(claim(number).path());
            }
        }
        if (!held) {
            release();
        }
    }

    /** Marks a claim as done, in memory. */
    void done(long number) {
        int index = (int) (number - first);
        done.set(index);
        unmarked.set(index);
    }

    /** Marks what is done in the file, too; what cannot be written is tried again with the next. */
    void writeMarks() throws IOException {
        if (unmarked.isEmpty()) {
            return;
        }
        FileChannel channel = marks;
        if (channel == null) {
            channel = FileChannel.open(path(DONE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.position(channel.size() / MARK * MARK);
            marks = channel;
        }
        for (int index = unmarked.nextSetBit(0); index >= 0; index = unmarked.nextSetBit(index + 1)) {
            long before = channel.position();
            try {
                write(channel, String.format(Locale.ROOT, "%03d\n", index).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                channel.position(before);
                throw e;
            }
            unmarked.clear(index);
        }
    }

    /** Whether there is nothing left to do here, and nothing will come. */
    boolean isOver() {
        return file == null && done.cardinality() >= count;
    }

    void close() throws IOException {
        seal();
        if (marks != null) {
            marks.close();
            marks = null;
        }
    }

    /** Claims first: marks without claims mean nothing, claims without marks would be delivered again. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path(CLAIMS));
        Files.deleteIfExists(path(DONE));
    }
}
