package io.framegate.store;

import io.framegate.event.AsciiDigits;
import io.framegate.store.durable.Force;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One number in a file that is replaced as a whole: after a crash the file has the old number or the new one.
 *
 * <p>The file has digits and a line feed, so that an operator can read and write it. A file without the line feed is
 * truncated and counts as damaged.
 */
final class CounterFile {

    /** The file does not exist. */
    static final long MISSING = 0;

    /** The file exists but has no number. */
    static final long DAMAGED = -1;

    /** A number of this many digits fits a long and leaves room to count on. */
    private static final int MAX_DIGITS = 18;

    private final Path directory;
    private final Path file;
    private final Path temporary;

    CounterFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("counter");
        this.temporary = directory.resolve("counter.tmp");
    }

    /** Returns the number, which is at least 1, or {@link #MISSING} or {@link #DAMAGED}. */
    long read() throws IOException {
        byte[] text;
        try {
            if (Files.size(file) > MAX_DIGITS + 1) {
                return DAMAGED;
            }
            text = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return MISSING;
        }
        String line = new String(text, StandardCharsets.US_ASCII);
        long number = line.endsWith("\n") ? AsciiDigits.parse(line.substring(0, line.length() - 1)) : DAMAGED;
        return number < 1 ? DAMAGED : number;
    }

    /** Writes the number. It survives a power cut after the return. */
    void write(long number) throws IOException {
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, number + "\n");
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The rename is on disk only after the directory is forced.
        Force.directory(directory);
    }

    private void writeAll(FileChannel channel, String number) throws IOException {
        try {
            ByteBuffer text = ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        } catch (IOException e) {
            // A second force of this file would succeed although bytes are lost, so the next attempt needs a new file.
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    Path file() {
        return file;
    }
}
