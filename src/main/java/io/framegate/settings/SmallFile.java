package io.framegate.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole files that an operator names, up to 4 MB: a device may never end. Stateless. */
public final class SmallFile {

    /** A list of all public certificate authorities has 300 KB. */
    public static final int MAX_LENGTH = 4 << 20;

    private SmallFile() {}

    /** Thrown for a refused file. The message is the constraint that the file violates. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String expected) {
            super(expected);
        }
    }

    /**
     * Reads a regular file, or a link to one.
     *
     * @throws RefusedException if it is another kind of file, or longer than {@link #MAX_LENGTH}
     */
    public static byte[] read(Path file) throws IOException {
        // A pipe may have no writer yet, and gives its bytes only once.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new RefusedException("no directory or device");
        }
        return readAny(file);
    }

    /**
     * Reads any file, including devices of the shell: {@code /dev/null}, {@code /dev/stdin}.
     *
     * @throws RefusedException if it is longer than {@link #MAX_LENGTH}
     */
    public static byte[] readAny(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                throw new RefusedException("no longer than 4 MB");
            }
            return bytes;
        }
    }
}
