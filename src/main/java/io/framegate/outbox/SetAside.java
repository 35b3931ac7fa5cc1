package io.framegate.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Force;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims that a target refused, each a file with the reason, and claims that wait for a retry. A rename moves a claim
 * from the first directory to the second, so another process can do that, whether or not the gateway runs. Thread-safe.
 *
 * <pre>
 * outbox/ftp/set-aside/17-AA_BB_CC_DD_EE_FF-20260329T095821Z-cbf1....json   {"at":...,"claim":{...},"reason":"550 ..."}
 * outbox/ftp/again/...
 * outbox/ftp/retried/...    in the log again, for targets that wait for this one; until the target has accepted it
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
    private final Path retried;
    private final Path wish;

    /** The claims in a target's directory. Nothing is forced to disk. */
    SetAside(Path target) {
        this(target, false);
    }

    /** The claims in a target's directory, each forced to disk before {@link #add} returns, if requested. */
    SetAside(Path target, boolean forced) {
        this.target = target;
        this.forced = forced;
        directory = target.resolve("set-aside");
        again = target.resolve("again");
        retried = target.resolve("retried");
        wish = target.resolve("set-aside.wanted");
    }

    /** A claim that was set aside: its name, the time, the image or event, and the reason. */
    record Item(String name, String at, boolean event, String path, String reason) {}

    /** Adds a claim, whole or not at all. */
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
            // The caller marks the claim as done next, which may delete its file.
            Force.directory(directory);
            Force.directory(target);
        }
    }

    /** The place of a claim that the target refused. */
    enum Place {
        NOWHERE,
        SET_ASIDE,
        /** It waits for a retry, or is being retried. */
        AGAIN
    }

    /** Finds a claim that was refused and is not delivered yet. */
    Place find(String name) {
        // In the order in which a claim moves. The order is a circle, so that a moving claim is not missed.
        for (Path place : List.of(directory, again, retried, directory)) {
            if (Files.exists(place.resolve(name + ENDING))) {
                return place.equals(directory) ? Place.SET_ASIDE : Place.AGAIN;
            }
        }
        return Place.NOWHERE;
    }

    /** Ends the retry of a claim that is delivered, or set aside again. */
    void retriedDone(String name) throws IOException {
        Files.deleteIfExists(retried.resolve(name + ENDING));
    }

    /** Passes on the images of all claims in both directories. */
    void undelivered(Consumer<String> paths) throws IOException {
        for (Path place : List.of(directory, again)) {
            for (Path file : files(place)) {
                try {
                    paths.accept(read(file).path("claim").path("path").asText());
                } catch (NoSuchFileException wantedAgainMeanwhile) {
                    // The next directory has it.
                }
            }
        }
    }

    /** Lists all claims, the oldest first. For a damaged file the reason is the damage. */
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

    /** The number of claims. */
    long count() throws IOException {
        return files(directory).size();
    }

    /** Requests the retry of a claim. Returns false if no claim has this name. */
    boolean retry(String name) throws IOException {
        Files.createDirectories(again);
        try {
            Files.move(directory.resolve(name + ENDING), again.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /**
     * Requests that the images which the target refuses now are set aside. The gateway reads the request within
     * seconds.
     */
    void wish() throws IOException {
        Files.write(wish, new byte[0]);
    }

    /** Whether the images that the target refuses now must be set aside. Each request is read once. */
    boolean takeWish() throws IOException {
        return Files.deleteIfExists(wish);
    }

    /**
     * Appends the claims to retry to the log. Moves a damaged file back.
     *
     * @param awaited whether other targets wait for this one: then a file stays until the target has accepted its claim
     */
    void resume(ClaimLog log, boolean awaited) throws IOException {
        for (Wanted wanted : wantedAgain()) {
            long number = log.append(onlyRefused(wanted.claim()));
            try {
                log.forceNow(number);
            } catch (IOException e) {
                log.drop(number);
                throw e;
            }
            Path file = wanted.file();
            if (awaited) {
                Files.createDirectories(retried);
                Files.move(file, retried.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
            log.settle(number);
            Files.deleteIfExists(file);
        }
    }

    /** A claim that is to be tried again, and its file. */
    private record Wanted(Path file, Claim claim) {

        /** As the gateway received the packets and numbered their images. */
        static final Comparator<Wanted> ORDER =
                Comparator.comparing(Wanted::receivedAt).thenComparingLong(Wanted::number);

        private Instant receivedAt() {
            return Objects.requireNonNullElse(claim.receivedAt(), Instant.EPOCH);
        }

        private long number() {
            return claim.headers().get(FramegateHeaders.COUNTER) instanceof Number number ? number.longValue() : 0;
        }
    }

    private List<Wanted> wantedAgain() throws IOException {
        List<Wanted> wanted = new ArrayList<>();
        for (Path file : files(again)) {
            try {
                wanted.add(new Wanted(file, Claim.parse(read(file).path("claim").toString())));
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("failure", e.getMessage())
                        .log("not tried again");
                Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        wanted.sort(Wanted.ORDER);
        return wanted;
    }

    /**
     * The claim without the number of the other target's claim, which is done: otherwise this claim would not be set
     * aside.
     */
    private static Claim onlyRefused(Claim claim) {
        Claim.After after = claim.after();
        return after == null ? claim : claim.after(new Claim.After(after.target(), null));
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
