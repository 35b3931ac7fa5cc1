package io.framegate.tool;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a path of the command line. Refuses an empty one: a script passes it for a variable that is not set. */
public final class GivenPath implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("empty (expected: a path)");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("no path (expected: a path)");
        }
    }

    /** Returns the path in an environment variable, or null if it is empty or not set. */
    public static @Nullable Path ofEnvironment(String variable) {
        String path = System.getenv(variable);
        return path == null || path.isEmpty() ? null : Path.of(path);
    }
}
