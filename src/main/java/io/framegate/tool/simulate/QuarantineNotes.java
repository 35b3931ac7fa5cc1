package io.framegate.tool.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the notes that the gateway wrote into its quarantine since this object was created. */
final class QuarantineNotes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final Set<Path> earlier = new HashSet<>();

    /** Creates a reader of a directory that may not exist yet. */
    QuarantineNotes(Path root) {
        this.root = root;
        FileTree.walk(root, directory -> {}, (file, attributes) -> earlier.add(file));
    }

    Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        FileTree.walk(root, directory -> {}, (file, attributes) -> {
            if (!earlier.contains(file) && file.toString().endsWith(".json")) {
                reasons.merge(reason(file), 1, Integer::sum);
            }
        });
        return reasons;
    }

    private static String reason(Path file) {
        try {
            JsonNode reason = JSON.readTree(Files.readAllBytes(file)).path("reason");
            return reason.isTextual() ? reason.textValue() : "without reason";
        } catch (IOException e) {
            return "unreadable";
        }
    }

    /** Returns the new files by hash. A missing image may be one of them. */
    Map<Sha256, Path> files() {
        Map<Sha256, Path> files = new HashMap<>();
        FileTree.walk(root, directory -> {}, (file, attributes) -> {
            if (!earlier.contains(file) && !file.toString().endsWith(".json")) {
                try {
                    files.put(Sha256.of(Files.readAllBytes(file)), file);
                } catch (IOException gone) {
                    // The gateway has deleted the file to make room.
                }
            }
        });
        return files;
    }
}
