package io.framegate.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.event.AsciiDigits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The accepted events as lines of two files. Lines are only appended, to the newer file. When the newer file has as
 * many lines as the repository remembers events, it replaces the older file.
 *
 * <pre>
 * events.log       1773221234567 02_00_5E_10_00_01-1774684701123-cbf1d8aa30c2d16e
 * events.old.log   (the lines before those)
 * </pre>
 *
 * <p>A line that a crash or a full disk truncated is skipped. Not thread-safe.
 */
final class EventRepositoryFile implements AutoCloseable {

    /** Gets the event of each line. */
    public interface Reader {
        void event(String id, long acceptedAt);
    }

    private final Path newer;
    private final Path older;
    private final int maxLines;
    private @Nullable FileChannel channel;
    private int lines;
    private boolean truncated;

    EventRepositoryFile(Path directory, int maxLines) {
        this.newer = directory.resolve("events.log");
        this.older = directory.resolve("events.old.log");
        this.maxLines = maxLines;
    }

    /** Reads the lines of earlier runs, the oldest first. */
    void read(Reader reader) throws IOException {
        read(older, reader);
        lines = read(newer, reader);
    }

    private int read(Path file, Reader reader) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException none) {
            return 0;
        }
        truncated = !text.isEmpty() && !text.endsWith("\n");
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        int count = 0;
        for (String line : (Iterable<String>) whole.lines()::iterator) {
            int space = line.indexOf(' ');
            long at = space < 0 ? -1 : AsciiDigits.parse(line.substring(0, space));
            if (at >= 0 && space + 1 < line.length()) {
                reader.event(line.substring(space + 1), at);
            }
            count++;
        }
        return count;
    }

    /** Appends a line. It survives a kill, but is not forced to disk. */
    void append(String id, long acceptedAt) throws IOException {
        if (lines >= maxLines) {
            rotate();
        }
        ByteBuffer line = ByteBuffer.wrap(((truncated ? "\n" : "") + acceptedAt + ' ' + id + '\n').getBytes(UTF_8));
        try {
            FileChannel open = open();
            truncated = true;
            while (line.hasRemaining()) {
                open.write(line);
            }
            truncated = false;
            lines++;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        if (channel == null) {
            Files.createDirectories(newer.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    newer, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
        return channel;
    }

    private void rotate() throws IOException {
        close();
        Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lines = 0;
        truncated = false;
    }

    /** Deletes both files. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(older);
        Files.deleteIfExists(newer);
        lines = 0;
        truncated = false;
    }

    /** Closes the file; the next line opens it again. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Each line is written at once, so a failed close loses nothing.
        } finally {
            channel = null;
        }
    }
}
