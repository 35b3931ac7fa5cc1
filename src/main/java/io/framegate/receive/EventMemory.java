package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which events were accepted, for an {@code idempotentConsumer}: by {@link FramegateHeaders#EVENT_ID}, for a time,
 * up to a number of them, and over a restart.
 *
 * <pre>
 * add(id)      not known                   true: the event is under way
 * add(id)      under way on another thread waits until that is decided, and then is one of the others
 * add(id)      remembered                  false: a repetition
 * confirm(id)  it was accepted             remembered in memory and in the file, before the camera hears of it
 * remove(id)   it failed                   forgotten, so that the next copy is stored
 * </pre>
 *
 * <p>No event is remembered that was not accepted: a process killed in between, and a file that cannot be written, cost a
 * repetition that is stored again, never an event. Waits for an event under way at most {@link #PATIENCE}. Thread-safe.
 */
public final class EventMemory implements IdempotentRepository {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.events");

    /** Longer than storing is tried by default; whoever waited for nothing is told to send again. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long windowMillis;
    private final int maxEntries;
    private final Clock clock;
    private final EventMemoryFile file;
    private final Set<String> underWay = new HashSet<>();

    /** When each event was accepted, the oldest first. */
    private final Map<String, Long> accepted = new LinkedHashMap<>();

    private boolean fileBroken;
    private boolean tooMany;

    /** Remembers for this long, at most this many, in files in this directory. */
    public EventMemory(Path directory, Duration window, int maxEntries) {
        this(directory, window, maxEntries, Clock.systemUTC());
    }

    EventMemory(Path directory, Duration window, int maxEntries, Clock clock) {
        this.windowMillis = window.toMillis();
        this.maxEntries = maxEntries;
        this.clock = clock;
        this.file = new EventMemoryFile(directory, maxEntries);
        try {
            file.read(this::remember);
        } catch (IOException e) {
            warnOfFile(e);
        }
    }

    @Override
    public synchronized boolean add(String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (underWay.contains(id)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new IllegalStateException(
                        "event: the same one is under way for " + PATIENCE.toSeconds() + " s (expected: its end)");
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("event: stopped while the same one was under way", e);
            }
        }
        return !contains(id) && underWay.add(id);
    }

    @Override
    public synchronized boolean contains(String id) {
        Long at = accepted.get(id);
        return at != null && isInWindow(at);
    }

    @Override
    public synchronized boolean confirm(String id) {
        if (!underWay.remove(id)) {
            return false;
        }
        long now = clock.millis();
        warnIfFull(now);
        remember(id, now);
        try {
            file.append(id, now);
            fileBroken = false;
        } catch (IOException e) {
            warnOfFile(e);
        }
        notifyAll();
        return true;
    }

    @Override
    public synchronized boolean remove(String id) {
        boolean remembered = accepted.remove(id) != null;
        boolean begun = underWay.remove(id);
        notifyAll();
        return remembered || begun;
    }

    /** Forgets all, also what is in the files. */
    @Override
    public synchronized void clear() {
        accepted.clear();
        try {
            file.delete();
        } catch (IOException e) {
            warnOfFile(e);
        }
    }

    /** How many events are remembered. */
    synchronized int size() {
        return accepted.size();
    }

    private void remember(String id, long at) {
        // To the end, where the newest are.
        accepted.remove(id);
        accepted.put(id, at);
        Iterator<Long> oldest = accepted.values().iterator();
        while (oldest.hasNext()) {
            if (isInWindow(oldest.next()) && accepted.size() <= maxEntries) {
                return;
            }
            oldest.remove();
        }
    }

    /** A clock that was set back makes times of the future, which count the same. */
    private boolean isInWindow(long at) {
        return Math.abs(clock.millis() - at) < windowMillis;
    }

    private void warnIfFull(long now) {
        if (tooMany || accepted.size() < maxEntries) {
            return;
        }
        long oldest = accepted.values().iterator().next();
        if (isInWindow(oldest)) {
            tooMany = true;
            LOG.atWarn()
                    .addKeyValue("limit", maxEntries)
                    .addKeyValue("reached", Duration.ofMillis(now - oldest))
                    .addKeyValue("window", Duration.ofMillis(windowMillis))
                    .log("framegate.deduplicate.max-entries reached: events are forgotten before their time");
        }
    }

    private void warnOfFile(IOException failure) {
        if (!fileBroken) {
            fileBroken = true;
            LOG.atWarn()
                    .addKeyValue("failure", failure.toString())
                    .log("events are remembered in memory only: a repetition after a restart is stored again");
        }
    }

    /** Belongs to the process, not to a route: one that is replaced must not close it. */
    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public synchronized void close() {
        file.close();
    }
}
