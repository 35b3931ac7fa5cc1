package io.framegate.intake;

import io.framegate.intake.memory.MemoryBudget;

/**
 * Measures the time in which the gateway did not read from a connection for its own reasons. Deadlines leave out this
 * time. Time in which unfinished packets fill the memory is not included, because the peers cause it. Used on one event
 * loop, except {@link #lasts}.
 */
final class PauseClock {

    private final MemoryBudget memory;
    private volatile long since;
    private boolean forMemory;
    private long crowdedBefore;
    private long nanos;

    PauseClock(MemoryBudget memory) {
        this.memory = memory;
    }

    void pause(boolean waitsForMemory) {
        if (since == 0 || forMemory != waitsForMemory) {
            run();
            since = System.nanoTime();
            forMemory = waitsForMemory;
            crowdedBefore = memory.crowdedNanos();
        }
    }

    void run() {
        nanos += sincePause();
        since = 0;
    }

    /** The duration of the current pause, in nanoseconds; 0 if the gateway reads. Any thread. */
    long lasts() {
        long began = since;
        return began == 0 ? 0 : System.nanoTime() - began;
    }

    /** The total time of all pauses, in nanoseconds. */
    long nanos() {
        return nanos + sincePause();
    }

    private long sincePause() {
        if (since == 0) {
            return 0;
        }
        long elapsed = System.nanoTime() - since;
        return forMemory ? Math.max(0, elapsed - (memory.crowdedNanos() - crowdedBefore)) : elapsed;
    }
}
