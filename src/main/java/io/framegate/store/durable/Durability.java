package io.framegate.store.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Decides when written files are forced to disk.
 *
 * <pre>
 * none      never: a power cut loses the bytes that the operating system has not written yet
 * interval  in the background, once an interval: a power cut loses about the last interval
 * always    before the call returns
 * </pre>
 *
 * <p>A writer reports each step in the order in which the steps must survive. An {@link IOException} means that the
 * step may not survive a power cut; the bytes must then be written again, to another file. The defaults force nothing.
 * Thread-safe.
 */
public interface Durability extends AutoCloseable {

    /** Forces nothing. */
    Durability NONE = new Durability() {};

    /** Returns the durability with this name; only {@code interval} uses the interval. */
    static Durability of(String name, Duration interval) {
        return switch (name) {
            case "none" -> NONE;
            case "interval" -> new IntervalDurability(interval);
            case "always" -> new AlwaysDurability();
            default ->
                throw new IllegalArgumentException("durability: " + name + " (expected: none, interval, always)");
        };
    }

    /** Whether this durability forces anything. */
    default boolean isOn() {
        return false;
    }

    /** Creates a directory and its missing parents. Their names are forced at once unless nothing is ever forced. */
    default void makeRoot(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    /** Reports that this directory, and directories between it and the root, may have been created just now. */
    default void made(Path root, Path directory) {}

    /** Reports that a file was written whole through this channel. The file gets its name later. */
    default void content(FileChannel written) throws IOException {}

    /** Reports that bytes were appended to a file that several threads share. */
    default void added(SharedForce file) throws IOException {}

    /** Reports that a file, whose {@link #content} was reported before, has its name now. */
    default void renamed(Path root, Path file) throws IOException {}

    /** Forces all steps that still wait. No step may be reported afterwards. */
    @Override
    default void close() {}
}
