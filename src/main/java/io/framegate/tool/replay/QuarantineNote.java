package io.framegate.tool.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's note on a packet or image in quarantine: the reason and the known metadata.
 *
 * <pre>
 * 20260329_095821_02_00_5E_10_00_01_not-stored_k3v1.json   the note
 *                                                  .bin    the image; or the packet, as .xml, .txt (JSON) or .bin
 *                                                  .xml    the document of the packet that contained the image
 * </pre>
 *
 * @param file the file with the note
 * @param values the content of the note
 */
record QuarantineNote(Path file, JsonNode values) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = ".json";
    private static final List<String> CONTENT = List.of(".bin", ".xml", ".txt");

    /** Notes are small. A larger file is not a note. */
    private static final long MAX_LENGTH = 1 << 20;

    /** Returns the note in this file or beside it, or null if there is no note. */
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

    /** Returns a value as text, or an empty text if the note does not have it. */
    String text(String name) {
        return values.path(name).asText("");
    }

    String reason() {
        return text("reason");
    }

    /** Returns whether the note is on one image of a packet, not on a whole packet. */
    boolean isOfImage() {
        return values.has("imageNumber");
    }

    /** Returns the file to send again, which may not exist. The document beside an image is not that file. */
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

    /** Deletes all files of the note, and the note last: files without a note look like recordings. */
    void delete() throws IOException {
        for (String ending : CONTENT) {
            Files.deleteIfExists(content(ending));
        }
        Files.deleteIfExists(file);
    }
}
