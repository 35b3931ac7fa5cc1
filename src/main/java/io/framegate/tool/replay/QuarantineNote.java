package io.framegate.tool.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's note of something it has in quarantine: why, and what was known of it.
 *
 * <pre>
 * 20260329_095821_02_00_5E_10_00_01_not-stored_k3v1.json    the note
 *                                                  .bin     the image; or what was received, as .xml, .txt (JSON) or .bin
 *                                                  .xml     the document of the packet the image came in
 * </pre>
 *
 * @param file the note's own file
 * @param values what it says
 */
record QuarantineNote(Path file, JsonNode values) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".json";
    private static final List<String> CONTENT = List.of(".bin", ".xml", ".txt");

    /** A note is small; what is larger is none. */
    private static final long MAX_LENGTH = 1 << 20;

    /** The note in this file, or beside it if it is one of the note's files; null if there is none. */
    static @Nullable QuarantineNote of(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(ENDING)) {
            return read(file);
        }
        for (String ending : CONTENT) {
            if (name.endsWith(ending)) {
                return read(file.resolveSibling(name.substring(0, name.length() - ending.length()) + ENDING));
            }
        }
        return null;
    }

    private static @Nullable QuarantineNote read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_LENGTH) {
                JsonNode values = JSON.readTree(Files.readAllBytes(file));
                return values.path("reason").isTextual() ? new QuarantineNote(file, values) : null;
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** A value as text; empty if there is none. */
    String text(String name) {
        return values.path(name).asText("");
    }

    String reason() {
        return text("reason");
    }

    /** Whether it is of one image of a packet, not of a packet. */
    boolean isOfImage() {
        return values.has("imageNumber");
    }

    /** The bytes that are to be sent again; a file that may not exist. The document beside an image is not it. */
    Path content() {
        if (!isOfImage()) {
            for (String ending : CONTENT) {
                if (Files.exists(content(ending))) {
                    return content(ending);
                }
            }
        }
        return content(CONTENT.get(0));
    }

    private Path content(String ending) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ending);
    }

    /** Deletes all its files; the note goes last, or what is left would look like a recording. */
    void delete() throws IOException {
        for (String ending : CONTENT) {
            Files.deleteIfExists(content(ending));
        }
        Files.deleteIfExists(file);
    }
}
