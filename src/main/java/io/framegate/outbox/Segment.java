package io.framegate.outbox;

import io.framegate.store.durable.Force;
import io.framegate.store.durable.SharedForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
 * final name. Not thread-safe, but for its {@link #force}.
 */
final class Segment {

    /** Claims of one file. A claim is about a kilobyte, and the file that is read is held whole. */
    static final int SIZE = 256;

    private static final String CLAIMS = ".claims";
    private static final String DONE = ".done";

    private final Path directory;
    private final long first;
    private final DoneMarks done;
    private final Object forcing = new Object();
    private final SharedForce force = new SharedForce(this::forceFile);
    private @Nullable List<Claim> claims;
    private volatile @Nullable FileChannel file;
    private boolean named;
    private volatile boolean broken;

    /** A line could be neither written nor taken back: no other may follow it. */
    private boolean torn;

    /** An upper bound until the file was read. */
    private int count;

    private Segment(Path directory, long first, int count) {
        this.directory = directory;
        this.first = first;
        this.count = count;
        this.done = new DoneMarks(path(DONE));
    }

    /** Begins a new one. */
    static Segment create(Path directory, long first) throws IOException {
        Segment segment = new Segment(directory, first, 0);
        segment.claims = new ArrayList<>();
        // A crash may have come between a deletion's two steps.
        segment.done.delete();
        segment.file = FileChannel.open(segment.path(CLAIMS), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return segment;
    }

    /** One that an earlier run left. */
    static Segment existing(Path directory, long first) throws IOException {
        Segment segment = new Segment(directory, first, SIZE);
        if (segment.done.read()) {
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
        return Math.min(end(), first + done.firstNotDone());
    }

    int waiting() {
        return count - done.ofFirst(count);
    }

    /** Whether there is no claim in it, so that the next one would begin with the same number. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Whether the next claim needs another one. */
    boolean isFull() {
        return count >= SIZE || torn || broken;
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

    static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            if (channel.write(rest) == 0) {
                throw new IOException("no byte could be written");
            }
        }
    }

    /** Has what was added up to now forced to disk, with the file's own name. May be called by any thread. */
    SharedForce force() {
        return force;
    }

    /** After a failure never again: nobody knows what became of the lines before. */
    private void forceFile() throws IOException {
        synchronized (forcing) {
            FileChannel channel = file;
            if (broken) {
                throw new IOException("claims: " + path(CLAIMS) + " is not forced to disk (expected: another file)");
            }
            if (channel == null) {
                return; // Sealed, and forced before that.
            }
            try {
                channel.force(false);
                if (!named) {
                    Force.directory(directory);
                    named = true;
                }
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }

    /** No claim comes any more. */
    void seal() throws IOException {
        synchronized (forcing) {
            FileChannel channel = file;
            if (channel != null) {
                channel.close();
                file = null;
            }
        }
    }

    boolean isHeld() {
        return claims != null;
    }

    /** Reads the file, after which the count is right, unless it is held already. */
    void hold() throws IOException {
        if (claims == null) {
            claims = Claim.readAll(path(CLAIMS));
            count = claims.size();
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
        return done.has((int) (number - first));
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
        done.add((int) (number - first));
    }

    /** Marks what is done in the file, too; what cannot be written is tried again with the next. */
    void writeMarks() throws IOException {
        done.write();
    }

    /** Whether there is nothing left to do here, and nothing will come. */
    boolean isOver() {
        return file == null && done.ofFirst(count) >= count;
    }

    void close() throws IOException {
        seal();
        done.close();
    }

    /**
     * Claims first: marks without claims mean nothing, claims without marks would be delivered again. A power cut may bring either
     * back, so the next segment of this number deletes marks, and forces both with the directory they are in.
     */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path(CLAIMS));
        done.delete();
    }
}
