package io.framegate.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a test, below which routes store files. */
public record TestDirectory(Path path) {

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The files below one of its directories, sorted, with {@code /}; those of the counter are left out. */
    public List<String> files(String name) {
        Path below = path.resolve(name);
        if (!Files.exists(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith(".framegate/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] content(String name) {
        try {
            return Files.readAllBytes(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
