package io.framegate.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The watchers of one target's claims: lanes of other targets, and the few packets in the routes whose cameras wait for
 * the target. Thread-safe.
 */
final class Watchers {

    private final Map<Long, Consumer<Boolean>> byNumber = new HashMap<>();
    private long told;

    /** Adds the watcher of a claim that is not settled yet. It is called once, on any thread. */
    synchronized void add(long number, Consumer<Boolean> watcher) {
        byNumber.put(number, watcher);
    }

    synchronized void remove(long number) {
        byNumber.remove(number);
    }

    /** Tells the watcher of a claim that the claim is done: the target has accepted it, or never will. */
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

    /** The number of claims done since the start, for {@link #await}. */
    synchronized long told() {
        return told;
    }

    /** Waits until more than this number of claims are done, at most for this time. */
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
