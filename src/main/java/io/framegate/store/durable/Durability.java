package io.framegate.store.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * When what is stored is forced to disk.
 *
 * <pre>
 * none      never: a power cut takes what the operating system had not written yet
 * interval  by one thread, so often: a power cut takes about the last interval
 * always    before the call returns
 * </pre>
 *
 * <p>Those who write say what they wrote, in the order in which it must survive; a failure means that it may not, and that it must be
 * written anew to be trusted. Thread-safe.
 */
public interface Durability extends AutoCloseable {

    /** Forces nothing. */
    Durability NONE = new NoDurability();

    /** The names that {@link #of} knows. */
    List<String> NAMES = List.of("none", "interval", "always");

    /** The one of that name. */
    static Durability of(String name, Duration interval) {
        return switch (name) {
            case "none" -> NONE;
            case "interval" -> new IntervalDurability(interval);
            case "always" -> new AlwaysDurability();
            default ->
                throw new IllegalArgumentException(
                        "framegate.durability: " + name + " (expected: " + String.join(", ", NAMES) + ")");
        };
    }

    /** Whether anything is ever forced. */
    boolean isOn();

    /** Makes a directory, and those above it that are missing; their names are forced at once, if anything is. */
    void makeRoot(Path directory) throws IOException;

    /** Directories below a root may have been made just now, down to this one. */
    void made(Path root, Path directory);

    /** A file was written whole through this channel, and gets its name later. */
    void content(FileChannel written) throws IOException;

    /** Something was added to a file that many add to. */
    void added(SharedForce file) throws IOException;

    /** A file whose {@link #content} was told of has its name now. */
    void renamed(Path root, Path file) throws IOException;

    /** A file was written whole and has its name, but its content was not told of. */
    void written(Path root, Path file) throws IOException;

    /** Forces what waits; nothing may come afterwards. */
    @Override
    void close();
}
