package io.framegate.store.quarantine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the bytes of a directory's files by deleting the oldest ones, because new files matter more. Lists the
 * directory once at first and then only when the limit is reached. Thread-safe.
 */
final class QuarantineSpace {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");

    private record Kept(Path file, long length, FileTime written) {}

    private final Path directory;
    private final long maxBytes;
    private long bytes = -1;

    QuarantineSpace(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /** Makes room for this many bytes. Returns false if they exceed the limit of the directory. */
    synchronized boolean reserve(long length) {
        if (length > maxBytes) {
            return false;
        }
        try {
            if (bytes < 0) {
                bytes = kept().stream().mapToLong(Kept::length).sum();
            }
            if (bytes + length > maxBytes) {
                makeRoom(length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("quarantine: " + directory + " cannot be read", e);
        }
        bytes += length;
        return true;
    }

    /** Deletes files down to 90 % of the limit, so that a full directory is not listed for every packet. */
    private void makeRoom(long length) throws IOException {
        List<Kept> oldestFirst = kept();
        oldestFirst.sort(Comparator.comparing(Kept::written).thenComparing(Kept::file));
        bytes = oldestFirst.stream().mapToLong(Kept::length).sum();
        int deleted = 0;
        for (Kept oldest : oldestFirst) {
            if (bytes + length <= maxBytes - maxBytes / 10 || bytes == 0) {
                break;
            }
            Files.deleteIfExists(oldest.file());
            bytes -= oldest.length();
            deleted++;
        }
        LOG.atWarn()
                .addKeyValue("directory", directory)
                .addKeyValue("limit", maxBytes)
                .addKeyValue("deleted", deleted)
                .log("quarantine full: oldest files deleted");
    }

    private List<Kept> kept() throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file)) {
                    kept.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
                }
            }
        } catch (NoSuchFileException notYet) {
            return kept;
        }
        return kept;
    }
}
