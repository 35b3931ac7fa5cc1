package io.framegate.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be delivered to each target that is switched on. One for the process, because nobody else may write below its
 * directory. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final Path directory;
    private final Map<String, ClaimLog> logs = new TreeMap<>();

    /** Held while claims go from what is wanted again to the logs, so that nobody finds them in neither. */
    private final Object resuming = new Object();

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
        return new SetAside(directory.resolve(target));
    }

    /**
     * Names the paths of all images that a target which is switched on has not got: that wait, are set aside, or are wanted again.
     * Every image that was there before the call and is not named is delivered. Reads all claims, some hundred at a time.
     *
     * @throws IOException if not all of them could be read
     */
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
