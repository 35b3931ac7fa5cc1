package io.framegate.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that an operator names whole, and never more than 4 MB: a device may have no end. Stateless. */
public final class SmallFile {

    /** A list of all public certificate authorities has 300 KB. */
    public static final int MAX_LENGTH = 4 << 20;

    private SmallFile() {}

    /** Refuses a file. The message says what it must be. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String expected) {
            super(expected);
        }
    }

    /**
     * The bytes of a regular file, or of one that a link names.
     *
     * @throws RefusedException if it is another kind of file, or longer than {@link #MAX_LENGTH}
     */
    public static byte[] read(Path file) throws IOException {
        // Somebody may write into a pipe at some time, and only once.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new RefusedException("no directory or device");
        }
        return readAny(file);
    }

    /**
     * The bytes of any file, as a shell names it too: {@code /dev/null}, {@code /dev/stdin}.
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
