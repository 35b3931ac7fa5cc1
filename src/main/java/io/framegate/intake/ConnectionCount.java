package io.framegate.intake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many connections all listeners have open and have refused. Outlives a change of the listeners. Thread-safe. */
public final class ConnectionCount {

    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /** Open now. */
    public int open() {
        return open.get();
    }

    /** Refused since the start, because there were too many. */
    public long refused() {
        return refused.sum();
    }

    /** One more; how many there are with it. */
    int opened() {
        return open.incrementAndGet();
    }

    /** One less; how many there are without it. */
    int closed() {
        return open.decrementAndGet();
    }

    void refuse() {
        refused.increment();
    }
}
