package io.framegate.outbox;

import io.framegate.store.DirectoryLock;
import io.framegate.store.disk.Undelivered;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be delivered to each target that is switched on. One for the process, because nobody else may write below its
 * directory. Thread-safe.
 */
public final class Outbox implements Undelivered, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");
    private static final String PROPERTY = "framegate.outbox.directory: ";

    private final Path directory;
    private final Durability durability;
    private final Map<String, ClaimLog> logs = new TreeMap<>();
    private final Map<String, TargetState> states = new TreeMap<>();
    private final List<DirectoryLock> locks = new ArrayList<>();

    /** Held while claims go from what is wanted again to the logs, so that nobody finds them in neither. */
    private final Object resuming = new Object();

    /** Opens the claims of these targets, each in a directory of its name; nothing is forced to disk. */
    public Outbox(Path directory, Collection<String> targets) {
        this(directory, targets, Durability.NONE);
    }

    /**
     * The same, with claims that are forced to disk as this durability says.
     *
     * @throws IllegalStateException if another gateway has one of them
     */
    public Outbox(Path directory, Collection<String> targets, Durability durability) {
        this.directory = directory;
        this.durability = durability;
        for (String target : targets) {
            try {
                logs.put(target, open(directory.resolve(target)));
                states.put(target, new TargetState());
            } catch (IllegalStateException e) {
                close();
                throw e;
            } catch (IOException e) {
                close();
                throw new UncheckedIOException(PROPERTY + directory.resolve(target) + " cannot be opened", e);
            }
        }
    }

    private ClaimLog open(Path target) throws IOException {
        durability.makeRoot(target);
        DirectoryLock lock = DirectoryLock.tryOpen(target);
        if (lock == null) {
            throw new IllegalStateException(PROPERTY + target + " is in use (expected: one that no other gateway has)");
        }
        locks.add(lock);
        return new ClaimLog(target, durability);
    }

    /** Says what waits for targets that are switched off, which nobody would look for otherwise. */
    public void warnOfForgotten() {
        try {
            for (Path target : targetsOf(directory)) {
                String name = target.getFileName().toString();
                long waiting = logs.containsKey(name) ? 0 : ClaimLog.waiting(target);
                if (waiting > 0) {
                    LOG.atWarn()
                            .addKeyValue("target", name)
                            .addKeyValue("waiting", waiting)
                            .log(
                                    "claims of a target that is off: they wait for it; framegate outbox --discard drops them");
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", e.toString()).log("claims of targets that are off cannot be read");
        }
    }

    /** The directories of targets below an outbox, by name; none if it is not there. */
    static List<Path> targetsOf(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** The targets that are switched on. */
    public Set<String> targets() {
        return logs.keySet();
    }

    /** How many claims of a target are waiting. */
    public long waiting(String target) {
        return log(target).waiting();
    }

    /** How long the oldest claim of a target has been waiting; nothing if none is. */
    public Duration oldest(String target) {
        try {
            Claim oldest = log(target).oldest();
            Instant since = oldest == null ? null : oldest.receivedAt();
            return since == null ? Duration.ZERO : Duration.between(since, Instant.now());
        } catch (IOException e) {
            throw new UncheckedIOException("claims of " + target + " cannot be read", e);
        }
    }

    /** How the deliveries to a target have gone since the start. */
    public TargetState state(String target) {
        return known(target, states);
    }

    ClaimLog log(String target) {
        return known(target, logs);
    }

    private static <T> T known(String target, Map<String, T> all) {
        T one = all.get(target);
        if (one == null) {
            throw new IllegalArgumentException(
                    "outbox: " + target + " (expected: a target with framegate.deliver." + target + ".enabled=true)");
        }
        return one;
    }

    SetAside setAside(String target) {
        return new SetAside(directory.resolve(target), durability.isOn());
    }

    /** How many claims of a target were set aside. */
    public long countSetAside(String target) {
        try {
            return setAside(target).count();
        } catch (IOException e) {
            throw new UncheckedIOException("what " + target + " refused cannot be read", e);
        }
    }

    /**
     * Names the paths of all images that a target which is switched on has not got: that wait, are set aside, or are wanted again.
     * Every image that was there before the call and is not named is delivered. Reads all claims, some hundred at a time.
     *
     * @throws IOException if not all of them could be read
     */
    @Override
    public void undelivered(Consumer<String> paths) throws IOException {
        synchronized (resuming) {
            for (Map.Entry<String, ClaimLog> log : logs.entrySet()) {
                // The order in which claims go: from the log to what is set aside, from there to what is wanted again.
                log.getValue().undelivered(paths);
                setAside(log.getKey()).undelivered(paths);
            }
        }
    }

    /** Takes up what somebody wants tried again. */
    public void resumeSetAside() {
        logs.forEach((target, log) -> {
            try {
                synchronized (resuming) {
                    setAside(target).resume(log);
                }
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("target", target)
                        .addKeyValue("failure", e.toString())
                        .log("what is to be tried again cannot be read");
            }
        });
    }

    /** Closes all of them, also when one cannot be: each forces what it has. */
    @Override
    public void close() {
        logs.values().forEach(log -> close(log, "claims not closed"));
        locks.forEach(lock -> close(lock, "lock not given back"));
        locks.clear();
    }

    private static void close(AutoCloseable part, String failed) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.atError().addKeyValue("failure", e.toString()).log(failed);
        }
    }
}
