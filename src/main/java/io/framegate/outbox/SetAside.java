package io.framegate.outbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Claims that a target refused, each a file with the reason, for someone to look at. Thread-safe. */
final class SetAside {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String ENDING = ".json";

    private final Path directory;

    SetAside(Path directory) {
        this.directory = directory;
    }

    /** Keeps a claim, whole or not at all. */
    void add(String name, Claim claim, String reason) throws IOException {
        Files.createDirectories(directory);
        Map<String, Object> fields = new TreeMap<>(Map.of("claim", claim, "reason", reason, "at", Instant.now() + ""));
        Path temporary = directory.resolve("." + name + ENDING);
        Files.write(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fields));
        Files.move(temporary, directory.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
    }
}
