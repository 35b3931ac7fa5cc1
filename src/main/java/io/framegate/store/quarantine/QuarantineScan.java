package io.framegate.store.quarantine;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Counts the files of a directory and finds the oldest. Remembers at most {@value #MOST} files, so its memory is
 * bounded. Not thread-safe.
 */
final class QuarantineScan {

    /** Files that one scan remembers. If more have to be deleted, another scan follows. */
    static final int MOST = 2000;

    private static final int BLOCK = 4096;
    private static final int INODE = 512;

    /**
     * A file.
     *
     * @param size the number of bytes that it occupies on the disk
     */
    record Kept(Path file, long size, long written) {}

    private final PriorityQueue<Kept> oldest = new PriorityQueue<>(
            Comparator.comparingLong(Kept::written).thenComparing(Kept::file).reversed());
    private long files;
    private long bytes;

    private QuarantineScan() {}

    /** Scans a directory without its subdirectories. A directory that does not exist is empty. */
    static QuarantineScan of(Path directory) throws IOException {
        QuarantineScan scan = new QuarantineScan();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                scan.add(file);
            }
        } catch (NoSuchFileException notYet) {
            return scan;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return scan;
    }

    /**
     * The bytes that a file of this length occupies: whole blocks and an inode. A file of one byte costs as much as 4
     * KB.
     */
    static long occupied(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK + INODE;
    }

    private void add(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException deleted) {
            return;
        }
        if (!attributes.isRegularFile()) {
            return;
        }
        Kept kept = new Kept(
                file, occupied(attributes.size()), attributes.lastModifiedTime().toMillis());
        files++;
        bytes += kept.size();
        oldest.add(kept);
        if (oldest.size() > MOST) {
            oldest.remove();
        }
    }

    long files() {
        return files;
    }

    /** The bytes that all files occupy on the disk. */
    long bytes() {
        return bytes;
    }

    /** The oldest files, sorted by time. */
    List<Kept> oldestFirst() {
        List<Kept> sorted = new ArrayList<>(oldest);
        sorted.sort(Comparator.comparingLong(Kept::written).thenComparing(Kept::file));
        return sorted;
    }
}
