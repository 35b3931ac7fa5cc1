package io.framegate.outbox;

import io.framegate.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be delivered to each target that is switched on. One for the process, because nobody else may write below its
 * directory. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final Path directory;
    private final Durability durability;
    private final Map<String, ClaimLog> logs = new TreeMap<>();

    /** Opens the claims of these targets, each in a directory of its name; nothing is forced to disk. */
    public Outbox(Path directory, Collection<String> targets) {
        this(directory, targets, Durability.NONE);
    }

    /** The same, with claims that are forced to disk as this durability says. */
    public Outbox(Path directory, Collection<String> targets, Durability durability) {
        this.directory = directory;
        this.durability = durability;
        for (String target : targets) {
            try {
                logs.put(target, new ClaimLog(directory.resolve(target), durability));
            } catch (IOException e) {
                close();
                throw new UncheckedIOException(
                        "framegate.outbox.directory: " + directory.resolve(target) + " cannot be opened", e);
            }
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

    ClaimLog log(String target) {
        ClaimLog log = logs.get(target);
        if (log == null) {
            throw new IllegalArgumentException(
                    "outbox: " + target + " (expected: a target with framegate.deliver." + target + ".enabled=true)");
        }
        return log;
    }

    SetAside setAside(String target) {
        return new SetAside(directory.resolve(target), durability.isOn());
    }

    /** Takes up what somebody wants tried again. */
    public void resumeSetAside() {
        logs.forEach((target, log) -> {
            try {
                setAside(target).resume(log);
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("target", target)
                        .addKeyValue("failure", e.toString())
                        .log("what is to be tried again cannot be read");
            }
        });
    }

    @Override
    public void close() {
        for (ClaimLog log : logs.values()) {
            try {
                log.close();
            } catch (IOException e) {
                throw new UncheckedIOException("claims cannot be closed", e);
            }
        }
    }
}
