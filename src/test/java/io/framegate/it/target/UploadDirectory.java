package io.framegate.it.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where a server of files keeps them. An upload has a temporary name until it is whole. */
final class UploadDirectory {

    /** What uploads are called before they are whole; a name says so by this prefix. */
    static final String TEMPORARY = ".uploading-";

    /** What the directory is called in the clients' home. */
    static final String NAME = "images";

    private final Path directory;
    private volatile Predicate<String> refused = name -> false;

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

    /** Whether an upload to this path, which starts in the home, is refused. */
    boolean refuses(String path) {
        return refused.test(path.replaceFirst("^/*" + NAME + "/+", "").replace(TEMPORARY, ""));
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
