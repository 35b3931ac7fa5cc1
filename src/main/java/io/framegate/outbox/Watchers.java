package io.framegate.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Those who wait for claims of one target: lanes of other targets, and the few packets in the routes whose cameras wait
 * for it. Thread-safe.
 */
final class Watchers {

    private final Map<Long, Consumer<Boolean>> byNumber = new HashMap<>();
    private long told;

    /** Adds the watcher of a claim that is not settled yet. It is told once, on any thread. */
    synchronized void add(long number, Consumer<Boolean> watcher) {
        byNumber.put(number, watcher);
    }

    synchronized void remove(long number) {
        byNumber.remove(number);
    }

    /** A claim is done: the target has taken it, or it has not and never will. */
    void tell(long number, boolean taken) {
        Consumer<Boolean> watcher;
        synchronized (this) {
            told++;
            notifyAll();
            watcher = byNumber.remove(number);
        }
        if (watcher != null) {
            watcher.accept(taken);
        }
    }

    /** How many claims were done since the start, for {@link #await}. */
    synchronized long told() {
        return told;
    }

    /** Waits until more claims are done than these, at most this time. */
    synchronized void await(long seen, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (told == seen && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    synchronized int size() {
        return byNumber.size();
    }
}
