package io.framegate.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framegate.store.durable.Force;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims that a target refused, each a file with the reason, and those of them that somebody wants tried again. A claim goes from one to
 * the other by a rename, so this works from another process, and whether the gateway runs or not. Thread-safe.
 *
 * <pre>
 * outbox/ftp/set-aside/17-AA_BB_CC_DD_EE_FF-20260329T095821Z-cbf1....json    {"at":..., "claim":{...}, "reason":"550 ..."}
 * outbox/ftp/again/...
 * </pre>
 */
final class SetAside {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String ENDING = ".json";

    private final Path target;
    private final boolean forced;
    private final Path directory;
    private final Path again;

    /** Of the target that has this directory; nothing is forced to disk. */
    SetAside(Path target) {
        this(target, false);
    }

    /** The same; what is added may be on disk when the call returns, whatever takes its time otherwise. */
    SetAside(Path target, boolean forced) {
        this.target = target;
        this.forced = forced;
        directory = target.resolve("set-aside");
        again = target.resolve("again");
    }

    /** One of them: what it is called, when it was given up, which image or event it is, and why. */
    record Item(String name, String at, boolean event, String path, String reason) {}

    /** Keeps a claim, whole or not at all. */
    void add(String name, Claim claim, String reason) throws IOException {
        Files.createDirectories(directory);
        Map<String, Object> fields = new TreeMap<>(Map.of("claim", claim, "reason", reason, "at", Instant.now() + ""));
        Path temporary = directory.resolve("." + name + ENDING);
        try {
            Files.write(temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(fields));
            if (forced) {
                Force.file(temporary);
            }
            Files.move(temporary, directory.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (forced) {
            // Its claim is marked as done next, and the claim's file deleted.
            Force.directory(directory);
            Force.directory(target);
        }
    }

    /** Names the images of all of them, and of those that are wanted again. */
    void undelivered(Consumer<String> paths) throws IOException {
        for (Path place : List.of(directory, again)) {
            for (Path file : files(place)) {
                try {
                    paths.accept(read(file).path("claim").path("path").asText());
                } catch (NoSuchFileException wantedAgainMeanwhile) {
                    // Then it is there, where is looked next.
                }
            }
        }
    }

    /** All of them, the oldest first; one whose file is damaged says so in the place of a reason. */
    List<Item> list() throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path file : files(directory)) {
            try {
                JsonNode fields = read(file);
                items.add(new Item(
                        nameOf(file),
                        fields.path("at").asText(),
                        fields.path("claim").path("event").asBoolean(),
                        fields.path("claim").path("path").asText(),
                        fields.path("reason").asText()));
            } catch (NoSuchFileException retriedMeanwhile) {
                // Not set aside any more.
            } catch (IOException damaged) {
                items.add(new Item(nameOf(file), "", false, "", String.valueOf(damaged.getMessage())));
            }
        }
        items.sort((one, other) -> one.at().compareTo(other.at()));
        return items;
    }

    private static JsonNode read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": damaged, cannot be read", e);
        }
    }

    /** How many there are. */
    long count() throws IOException {
        return files(directory).size();
    }

    /** Wants this one tried again; false if there is none of that name. */
    boolean retry(String name) throws IOException {
        Files.createDirectories(again);
        try {
            Files.move(directory.resolve(name + ENDING), again.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /** Puts what is wanted again at the end of the log; a damaged file goes back to where it was. */
    void resume(ClaimLog log) throws IOException {
        for (Path file : files(again)) {
            Claim claim;
            try {
                claim = Claim.parse(read(file).path("claim").toString());
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("failure", e.getMessage())
                        .log("not tried again");
                Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                continue;
            }
            long number = log.append(claim);
            try {
                log.forceNow(number);
            } catch (IOException e) {
                log.drop(number);
                throw e;
            }
            log.settle(number);
            Files.delete(file);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file ->
                            !nameOf(file).startsWith(".") && file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
