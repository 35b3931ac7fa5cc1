package io.framegate.outbox;

import io.framegate.log.Reason;
import io.framegate.store.disk.Undelivered;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims of all targets that are switched on. There is one outbox in a process, and it locks its directories
 * against other processes. Thread-safe.
 */
public final class Outbox implements Undelivered, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");
    private final Path directory;
    private final Durability durability;
    private final ClaimDirectories directories;
    private final Map<String, ClaimLog> logs = new ConcurrentSkipListMap<>();
    private final Map<String, TargetState> states = new ConcurrentSkipListMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private final TargetOrder order = new TargetOrder();
    private final Acceptances acceptances = new Acceptances();

    private boolean closed;

    /** Held while claims move from {@code again} to the logs. A reader would otherwise find them in neither. */
    private final Object resuming = new Object();

    /**
     * Opens the claims of these targets, each in a directory with its name. The durability decides when claims are
     * forced to disk.
     *
     * @throws IllegalStateException if another gateway has opened one of them
     */
    public Outbox(Path directory, Collection<String> targets, Durability durability) {
        this.directory = directory;
        this.durability = durability;
        directories = new ClaimDirectories(directory, durability);
        try {
            targets.forEach(this::add);
        } catch (IllegalStateException | UncheckedIOException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the claims of one more target, unless they are open. Images that are stored from now on are claimed for it.
     *
     * @throws IllegalStateException if another gateway has opened them
     */
    synchronized void add(String target) {
        if (logs.containsKey(target)) {
            return;
        }
        try {
            ClaimLog log = new ClaimLog(directories.open(target), durability);
            states.put(target, new TargetState());
            logs.put(target, log);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    ClaimDirectories.PROPERTY + directory.resolve(target) + " cannot be opened", e);
        }
        listeners.forEach(listener -> listener.accept(target));
    }

    /** Passes each target that is added from now on to this listener. */
    public synchronized void onAdd(Consumer<String> listener) {
        listeners.add(listener);
    }

    /**
     * Recreates the directories of targets that were deleted, renamed or replaced, with the claims in memory.
     *
     * @throws IOException if claims cannot be written
     */
    public synchronized void ensure() throws IOException {
        if (closed) {
            return;
        }
        for (String target : logs.keySet()) {
            if (directories.ensure(target)) {
                log(target).remake();
            }
        }
    }

    /** Logs the number of claims that wait for each target that is switched off. */
    public void warnOfForgotten() {
        try {
            for (Path target : ClaimDirectories.all(directory)) {
                String name = target.getFileName().toString();
                long waiting = logs.containsKey(name) ? 0 : Segments.waiting(target);
                if (waiting > 0) {
                    LOG.atWarn()
                            .addKeyValue("target", name)
                            .addKeyValue("waiting", waiting)
                            .log("claims of a target that is off: they wait for it;"
                                    + " framegate outbox --discard drops them");
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", Reason.plain(e)).log("claims of targets that are off cannot be read");
        }
    }

    /** The targets that are switched on. */
    public Set<String> targets() {
        return logs.keySet();
    }

    /** The order in which targets wait for each other. */
    TargetOrder order() {
        return order;
    }

    /** The targets that are switched on, each after the targets that it waits for. */
    List<String> inOrder() {
        return order.sorted(targets());
    }

    /** The packets that wait until targets have their images and events. */
    public Acceptances acceptances() {
        return acceptances;
    }

    /** The number of claims that wait for a target. */
    public long waiting(String target) {
        return log(target).waiting();
    }

    /** The age of the oldest claim that waits for a target, or zero. */
    public Duration oldest(String target) {
        try {
            Claim oldest = log(target).oldest();
            Instant since = oldest == null ? null : oldest.receivedAt();
            return since == null ? Duration.ZERO : Duration.between(since, Instant.now());
        } catch (IOException e) {
            throw new UncheckedIOException("claims of " + target + " cannot be read", e);
        }
    }

    /** The deliveries to a target since the start. */
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

    /** The number of claims of a target that were set aside. */
    public long countSetAside(String target) {
        try {
            return setAside(target).count();
        } catch (IOException e) {
            throw new UncheckedIOException("refused deliveries of " + target + " cannot be read", e);
        }
    }

    /**
     * Passes on the paths of all images that are not delivered to all targets: their claims wait, are set aside, or
     * wait for a retry. An image that existed before the call and is not passed on is delivered. Reads all claims, some
     * hundred at a time.
     *
     * @throws IOException if a claim could not be read
     */
    @Override
    public void undelivered(Consumer<String> paths) throws IOException {
        synchronized (resuming) {
            for (Map.Entry<String, ClaimLog> log : logs.entrySet()) {
                // In the order in which claims move, so that none is missed: log, set aside, again.
                log.getValue().undelivered(paths);
                setAside(log.getKey()).undelivered(paths);
            }
        }
    }

    /**
     * Carries out the requests of {@code framegate outbox} for a target: appends the claims to retry, and gives up the
     * images that the target refuses.
     */
    void resumeSetAside(String target) {
        try {
            if (setAside(target).takeWish()) {
                state(target).giveUpRefused();
            }
            synchronized (resuming) {
                setAside(target).resume(log(target), order.isAwaited(target));
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("target", target)
                    .addKeyValue("failure", Reason.plain(e))
                    .log("deliveries to retry cannot be read");
        }
    }

    /** Closes all logs, even after one has failed. Each log forces its claims to disk. */
    @Override
    public synchronized void close() {
        closed = true;
        logs.values().forEach(Outbox::close);
        directories.close();
    }

    private static void close(ClaimLog log) {
        try {
            log.close();
        } catch (IOException | RuntimeException e) {
            LOG.atError().addKeyValue("failure", Reason.plain(e)).log("claims not closed");
        }
    }
}
