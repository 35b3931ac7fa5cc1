package io.framegate.it.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a server of files keeps them. An upload has a temporary name until it is whole. The server asks here before it
 * renames and deletes.
 */
final class UploadDirectory {

    /** What uploads are called before they are whole; a name says so by this prefix. */
    static final String TEMPORARY = ".uploading-";

    /** What the directory is called in the clients' home. */
    static final String NAME = "images";

    private final Path directory;
    private volatile Predicate<String> refused = name -> false;
    private volatile Predicate<Path> renames = name -> true;
    private volatile boolean deletes = true;

    /** The directory in this home of clients. */
    UploadDirectory(Path home) {
        try {
            this.directory = Files.createDirectories(home.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void refuse(Predicate<String> names) {
        refused = names;
    }

    /** Renames only to names that pass, from now on. The test may take its time. */
    void renameOnlyTo(Predicate<Path> names) {
        renames = names;
    }

    /** Deletes nothing from now on. */
    void keepAll() {
        deletes = false;
    }

    boolean renamesTo(Path file) {
        return renames.test(file);
    }

    boolean deletes() {
        return deletes;
    }

    /** The path of a file of this name. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** The names of all files, also of those that are not whole. */
    List<String> names() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an upload to this path, which starts in the home, is refused. */
    boolean refuses(String path) {
        return refused.test(path.replaceFirst("^/*" + NAME + "/+", "")
                .replaceFirst(TEMPORARY + "([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-)?", ""));
    }

    /** All files that are whole. */
    List<Delivered> delivered() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(TEMPORARY))
                    .map(this::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Delivered read(Path file) {
        try {
            String name = directory.relativize(file).toString().replace('\\', '/');
            return new Delivered(name, Files.readAllBytes(file), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
