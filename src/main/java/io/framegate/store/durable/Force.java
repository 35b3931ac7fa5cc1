package io.framegate.store.durable;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Has the operating system write to the disk what it holds of a file or a directory, and waits for it. Stateless. */
public final class Force {

    private Force() {}

    /** A file's bytes and length. */
    public static void file(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    /** A directory's names: what was made, renamed or deleted in it. */
    public static void directory(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return; // Windows opens no directory; there names are written through.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a directory and those above it that are missing, and forces the names of all that it made. */
    static void makeDirectories(Path directory) throws IOException {
        Path made = directory.toAbsolutePath().normalize();
        // The lowest may have been made by an earlier step of the start.
        List<Path> parents = new ArrayList<>();
        boolean missing = true;
        for (Path parent = made.getParent(); parent != null && missing; parent = parent.getParent()) {
            parents.add(parent);
            missing = !Files.exists(parent);
        }
        Files.createDirectories(directory);
        // Also if it was there: a file system that cannot do it says so at the start.
        directory(made);
        for (Path parent : parents) {
            directory(parent);
        }
    }
}
