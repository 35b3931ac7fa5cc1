package io.framegate.outbox;

import io.framegate.store.durable.Force;
import io.framegate.store.durable.SharedForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that claims are appended to until it is sealed. Not thread-safe, except for {@link #force}. */
final class ClaimFile {

    private final Path directory;
    private final Path path;
    private final Object forcing = new Object();
    private final SharedForce force = new SharedForce(this::forceNow);
    private volatile @Nullable FileChannel channel;
    private boolean named;
    private volatile boolean broken;

    /** Whether a line could be neither written nor removed. No other line may follow it. */
    private boolean torn;

    ClaimFile(Path directory, String name) {
        this.directory = directory;
        this.path = directory.resolve(name);
    }

    /** Creates the file, which must not exist. */
    void create() throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    Path path() {
        return path;
    }

    boolean isSealed() {
        return channel == null;
    }

    /** Whether no further line may follow, because a line could not be written or forced. */
    boolean isDamaged() {
        return torn || broken;
    }

    /** Adds a line, or throws and adds nothing. */
    void append(byte[] line) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException(path + ": sealed");
        }
        long before = open.position();
        try {
            write(open, line);
        } catch (IOException e) {
            takeBack(open, before, e);
            throw e;
        }
    }

    private void takeBack(FileChannel open, long before, IOException cause) {
        try {
            open.truncate(before);
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

    /** Forces the lines added until now to disk, and the file's name. Thread-safe. */
    SharedForce force() {
        return force;
    }

    /** Fails always after a first failure, because the state of the earlier lines is unknown. */
    private void forceNow() throws IOException {
        synchronized (forcing) {
            FileChannel open = channel;
            if (broken) {
                throw new IOException("claims: " + path + " is not forced to disk (expected: another file)");
            }
            if (open == null) {
                return; // Sealed, and forced before that.
            }
            try {
                open.force(false);
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

    /** Closes the file for more lines. */
    void seal() throws IOException {
        synchronized (forcing) {
            FileChannel open = channel;
            if (open != null) {
                open.close();
                channel = null;
            }
        }
    }
}
