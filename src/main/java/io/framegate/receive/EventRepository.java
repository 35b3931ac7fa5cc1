package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
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
 * An idempotent repository of accepted events, by {@link FramegateHeaders#EVENT_ID}. It remembers events for a limited
 * time, up to a limited number, and across restarts.
 *
 * <pre>
 * add(id)      unknown                        true: the event is in flight
 * add(id)      in flight on another thread    waits for the outcome, then answers as for unknown or accepted
 * add(id)      accepted before                false: a repetition
 * confirm(id)  the event was accepted         remembers it in memory and in the file, before the camera's answer
 * remove(id)   the event failed               forgets it, so that the next copy is stored
 * </pre>
 *
 * <p>It only remembers accepted events. After a kill before {@code confirm}, or if the file cannot be written, a
 * repetition is stored again; no event is lost. A thread waits at most {@link #MAX_WAIT} for an event in flight. It
 * does not wait if events stay in flight for long because they wait for targets: the camera is told to send the copy
 * again. Thread-safe.
 */
public final class EventRepository implements IdempotentRepository {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.events");

    /** Longer than the retries of the store by default. After that the camera is told to send again. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private final long windowMillis;
    private final int maxEntries;
    private final Clock clock;
    private final EventRepositoryFile file;
    private final Set<String> inFlight = new HashSet<>();

    /** The time at which each event was accepted, the oldest first. */
    private final Map<String, Long> accepted = new LinkedHashMap<>();

    private volatile boolean waits = true;
    private boolean fileFailureReported;
    private boolean fullReported;

    /** Remembers at most this many events for this time, in files in this directory. */
    public EventRepository(Path directory, Duration window, int maxEntries) {
        this(directory, window, maxEntries, Clock.systemUTC());
    }

    EventRepository(Path directory, Duration window, int maxEntries, Clock clock) {
        this.windowMillis = window.toMillis();
        this.maxEntries = maxEntries;
        this.clock = clock;
        this.file = new EventRepositoryFile(directory, maxEntries);
        try {
            file.read(this::remember);
        } catch (IOException e) {
            warnOfFile(e);
        }
    }

    /** Whether a copy of an event in flight waits for the outcome; otherwise it fails. */
    public void setWaits(boolean waits) {
        this.waits = waits;
    }

    @Override
    public synchronized boolean add(String id) {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (inFlight.contains(id)) {
            if (!waits) {
                throw new NotStoredException("event: a copy waits for targets (expected: its outcome, send again)");
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new IllegalStateException(
                        "event: a copy is in flight for " + MAX_WAIT.toSeconds() + " s (expected: its outcome)");
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("event: stopped while a copy was in flight", e);
            }
        }
        return !contains(id) && inFlight.add(id);
    }

    @Override
    public synchronized boolean contains(String id) {
        Long at = accepted.get(id);
        return at != null && isInWindow(at);
    }

    @Override
    public synchronized boolean confirm(String id) {
        if (!inFlight.remove(id)) {
            return false;
        }
        long now = clock.millis();
        warnIfFull(now);
        remember(id, now);
        try {
            file.append(id, now);
            fileFailureReported = false;
        } catch (IOException e) {
            warnOfFile(e);
        }
        notifyAll();
        return true;
    }

    @Override
    public synchronized boolean remove(String id) {
        boolean remembered = accepted.remove(id) != null;
        boolean begun = inFlight.remove(id);
        notifyAll();
        return remembered || begun;
    }

    /** Forgets all events and deletes the files. */
    @Override
    public synchronized void clear() {
        accepted.clear();
        try {
            file.delete();
        } catch (IOException e) {
            warnOfFile(e);
        }
    }

    /** The number of events that are remembered. */
    synchronized int size() {
        return accepted.size();
    }

    private void remember(String id, long at) {
        // Puts the event at the end, after all older ones.
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

    /** A clock that was set back leaves times in the future, which expire the same way. */
    private boolean isInWindow(long at) {
        return Math.abs(clock.millis() - at) < windowMillis;
    }

    private void warnIfFull(long now) {
        if (fullReported || accepted.size() < maxEntries) {
            return;
        }
        long oldest = accepted.values().iterator().next();
        if (isInWindow(oldest)) {
            fullReported = true;
            LOG.atWarn()
                    .addKeyValue("limit", maxEntries)
                    .addKeyValue("reached", Duration.ofMillis(now - oldest))
                    .addKeyValue("window", Duration.ofMillis(windowMillis))
                    .log("framegate.deduplicate.max-entries reached: events are forgotten before their time");
        }
    }

    private void warnOfFile(IOException failure) {
        if (!fileFailureReported) {
            fileFailureReported = true;
            LOG.atWarn()
                    .addKeyValue("failure", Reason.plain(failure))
                    .log("events are remembered in memory only: a repetition after a restart is stored again");
        }
    }

    /** Does nothing: the repository belongs to the process, and the replacement of a route must not close it. */
    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public synchronized void close() {
        file.close();
    }
}
