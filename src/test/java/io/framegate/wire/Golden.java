package io.framegate.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes that a camera sends, in {@code src/test/resources/wire/<format>/<name>.bin}, and the expected packets and
 * rejects, in the {@code .json} of the same name.
 *
 * <p>{@code frames} lists the beginning and the end of each frame; a connection that closes anywhere else closes
 * between frames. {@code whole} lists the places where a connection that closes inside a frame still gives a packet.
 * {@code received} lists the packets and rejects in their order, each with the {@code end} of the bytes after which it
 * is due.
 */
record Golden(String name, byte[] bytes, JsonNode expected) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static List<Golden> all(String format) {
        Path folder = Path.of("src/test/resources/wire", format);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .map(Golden::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Golden read(Path file) {
        String name = file.getFileName().toString().replace(".bin", "");
        try {
            return new Golden(
                    name,
                    Files.readAllBytes(file),
                    JSON.readTree(Files.readAllBytes(file.resolveSibling(name + ".json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of packets and rejects that are due after this number of bytes. */
    public int dueAfter(int length) {
        int due = 0;
        for (JsonNode received : expected.path("received")) {
            due += received.path("end").asInt() <= length ? 1 : 0;
        }
        return due;
    }

    /** Whether a frame has begun and not ended after this number of bytes. */
    public boolean midFrameAfter(int length) {
        for (JsonNode frame : expected.path("frames")) {
            if (frame.get(0).asInt() < length && length < frame.get(1).asInt()) {
                return true;
            }
        }
        return false;
    }

    /** Whether this number of bytes gives a packet if the connection closes, though the frame has not ended. */
    public boolean wholeAfter(int length) {
        for (JsonNode whole : expected.path("whole")) {
            if (whole.get(0).asInt() <= length && length <= whole.get(1).asInt()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the connection is not kept after these bytes. */
    public boolean closes() {
        return expected.path("closes").asBoolean();
    }

    @Override
    public String toString() {
        return name;
    }
}
