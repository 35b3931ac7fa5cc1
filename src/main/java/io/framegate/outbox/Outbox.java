package io.framegate.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has to be delivered to each target that is switched on. One for the process, because nobody else may write below its
 * directory. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

    private final Path directory;
    private final Map<String, ClaimLog> logs = new TreeMap<>();

    /** Opens the claims of these targets, each in a directory of its name. */
    public Outbox(Path directory, Collection<String> targets) {
        this.directory = directory;
        for (String target : targets) {
            try {
                logs.put(target, new ClaimLog(directory.resolve(target)));
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
        return new SetAside(directory.resolve(target).resolve("set-aside"));
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
