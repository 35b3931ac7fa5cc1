package io.framegate.outbox;

import io.framegate.settings.Numbers;
import io.framegate.store.durable.SharedForce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@value #SIZE} consecutive claims in a file. A second file marks the claims that are done.
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
 * <p>Only the process that created a segment adds claims to it, so a line that a crash truncated is the last one, and
 * its image has no final name. Not thread-safe, except for {@link #force}.
 */
final class Segment {

    /** The maximum number of claims in a file. A claim is about a kilobyte, and the file that is read is in memory. */
    static final int SIZE = 256;

    /** A file of larger claims is full at this length, so that the texts of a camera cannot fill the memory. */
    static final int BYTES = 512 << 10;

    private static final String CLAIMS = ".claims";
    private static final String DONE = ".done";

    private final long first;
    private final ClaimFile file;
    private final DoneMarks done;
    private @Nullable List<Claim> claims;

    /** The number of claims; an upper bound until the file was read. */
    private int count;

    /** The bytes of the claims that were added. */
    private int bytes;

    private Segment(Path directory, long first, int count) {
        this.first = first;
        this.count = count;
        this.file = new ClaimFile(directory, name(first, CLAIMS));
        this.done = new DoneMarks(directory.resolve(name(first, DONE)));
    }

    /** Begins a new segment. */
    static Segment create(Path directory, long first) throws IOException {
        Segment segment = new Segment(directory, first, 0);
        segment.claims = new ArrayList<>();
        // A crash may have come between the two steps of a deletion.
        segment.done.delete();
        segment.file.create();
        return segment;
    }

    /** A segment that an earlier run left. */
    static Segment existing(Path directory, long first) throws IOException {
        Segment segment = new Segment(directory, first, SIZE);
        if (segment.done.read()) {
            segment.hold();
            segment.release();
        }
        return segment;
    }

    /** Writes the claims in memory to a new file, because the directory was deleted with the old one. */
    Segment remade(Path directory) throws IOException {
        Segment copy = create(directory, first);
        for (Claim claim : Objects.requireNonNull(claims)) {
            copy.append(claim);
        }
        for (long number = first; number < end(); number++) {
            if (isDone(number)) {
                copy.done(number);
            }
        }
        copy.writeMarks();
        if (file.isSealed()) {
            copy.seal();
        }
        close();
        return copy;
    }

    /** Whether the file exists. */
    boolean exists() {
        return Files.exists(file.path());
    }

    /** The number of the first claim in this file, or -1 if the file is not a segment. */
    static long firstOf(Path file) {
        String name = file.getFileName().toString();
        return name.matches("[0-9]{19}" + CLAIMS) ? Numbers.parse(name.substring(0, 19)) : -1;
    }

    private static String name(long first, String ending) {
        return String.format(Locale.ROOT, "%019d", first) + ending;
    }

    long first() {
        return first;
    }

    /** Exclusive end. */
    long end() {
        return first + count;
    }

    /** Limits the count by the number with which the next segment begins. */
    void endsBefore(long next) {
        count = (int) Math.min(count, next - first);
    }

    /** The number of the first claim that is not done, or the end. */
    long firstNotDone() {
        return Math.min(end(), first + done.firstNotDone());
    }

    int waiting() {
        return count - done.ofFirst(count);
    }

    /** Whether the segment has no claim. The next segment would begin with the same number. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Whether the next claim needs another segment. */
    boolean isFull() {
        return count >= SIZE || bytes >= BYTES || file.isDamaged();
    }

    /** Adds a claim, or throws and adds nothing. */
    void append(Claim claim) throws IOException {
        byte[] line = claim.line();
        file.append(line);
        bytes += line.length;
        Objects.requireNonNull(claims).add(claim);
        count++;
    }

    /** Forces the claims added until now to disk, and the file's name. Thread-safe. */
    SharedForce force() {
        return file.force();
    }

    /** Closes the segment for more claims. */
    void seal() throws IOException {
        file.seal();
    }

    boolean isHeld() {
        return claims != null;
    }

    /** Reads the file unless it is in memory. The count is exact after that. */
    void hold() throws IOException {
        if (claims == null) {
            claims = Claim.readAll(file.path());
            count = claims.size();
        }
    }

    /** A claim of a segment in memory. */
    Claim claim(long number) {
        if (claims == null) {
            throw new IllegalStateException("segment " + first + ": not held");
        }
        return claims.get((int) (number - first));
    }

    /** Frees the memory, unless claims are being added. */
    void release() {
        if (file.isSealed()) {
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

    /** Writes the marks to the file. Marks that cannot be written are written with the next. */
    void writeMarks() throws IOException {
        done.write();
    }

    /** Whether all claims are done, and no more will come. */
    boolean isOver() {
        return file.isSealed() && done.ofFirst(count) >= count;
    }

    void close() throws IOException {
        seal();
        done.close();
    }

    /**
     * Deletes the claims first: marks without claims mean nothing, but claims without marks would be delivered again. A
     * power cut may restore either, so the next segment with this number deletes the marks and forces the directory.
     */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file.path());
        done.delete();
    }
}
