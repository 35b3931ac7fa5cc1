package io.framegate.store.durable;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Forces files and directories to disk ({@code fsync}). Stateless. */
public final class Force {

    private Force() {}

    /** Forces a file's bytes and length. */
    public static void file(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    /** Forces a directory's entries: files created, renamed or deleted in it. */
    public static void directory(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return; // Windows cannot open a directory, and NTFS logs renames by itself.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates a directory and its missing parents, and forces the names of all of them. */
    static void makeDirectories(Path directory) throws IOException {
        Path made = directory.toAbsolutePath().normalize();
        // An earlier step of the start may have created the lowest parent without a force.
        List<Path> parents = new ArrayList<>();
        boolean missing = true;
        for (Path parent = made.getParent(); parent != null && missing; parent = parent.getParent()) {
            parents.add(parent);
            missing = !Files.exists(parent);
        }
        Files.createDirectories(directory);
        // Even an existing directory is forced: a file system that cannot force directories must fail at the start.
        directory(made);
        for (Path parent : parents) {
            directory(parent);
        }
    }
}
