package io.framegate.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.event.AsciiDigits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The accepted events as lines of two files. Lines are only appended, to the newer file. When the newer file has as
 * many lines as the repository remembers events, it replaces the older file.
 *
 * <pre>
 * events.log       1773221234567 02_00_5E_10_00_01-1774684701123-cbf1d8aa30c2d16e
 * events.old.log   (the older lines)
 * </pre>
 *
 * <p>A line that a crash or a full disk truncated is skipped. Not thread-safe.
 */
final class EventRepositoryFile implements AutoCloseable {

    private final Path newer;
    private final Path older;
    private final int maxLines;
    private @Nullable OutputStream stream;
    private int lines;
    private boolean truncated;

    EventRepositoryFile(Path directory, int maxLines) {
        this.newer = directory.resolve("events.log");
        this.older = directory.resolve("events.old.log");
        this.maxLines = maxLines;
    }

    /** Passes on the event and the time of each line of earlier runs, the oldest first. */
    void read(ObjLongConsumer<String> reader) throws IOException {
        read(older, reader);
        lines = read(newer, reader);
    }

    private int read(Path file, ObjLongConsumer<String> reader) throws IOException {
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
                reader.accept(line.substring(space + 1), at);
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
        byte[] line = ((truncated ? "\n" : "") + acceptedAt + ' ' + id + '\n').getBytes(UTF_8);
        try {
            OutputStream open = open();
            truncated = true;
            open.write(line);
            truncated = false;
            lines++;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private OutputStream open() throws IOException {
        if (stream != null && !Files.exists(newer)) {
            // The directory was deleted or renamed: the lines would be lost at the next start.
            close();
        }
        if (stream == null) {
            Files.createDirectories(newer.toAbsolutePath().getParent());
            stream = Files.newOutputStream(newer, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return stream;
    }

    private void rotate() throws IOException {
        close();
        if (Files.exists(newer)) {
            Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
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
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // Each line is written at once, so a failed close loses nothing.
        } finally {
            stream = null;
        }
    }
}
