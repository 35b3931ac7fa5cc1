package io.framegate.intake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts the open and the refused connections of all listeners, also across a reload of the listeners. Thread-safe. */
public final class ConnectionCount {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger tls = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /** The number of open connections. */
    public int open() {
        return open.get();
    }

    /** The number of connections refused since the start. */
    public long refused() {
        return refused.sum();
    }

    /** Counts a connection; returns the number of open connections. */
    int opened() {
        return open.incrementAndGet();
    }

    /** Counts a connection as closed; returns the number of open connections. */
    int closed() {
        return open.decrementAndGet();
    }

    /** Counts a connection with TLS; returns their number. */
    int tlsOpened() {
        return tls.incrementAndGet();
    }

    void tlsClosed() {
        tls.decrementAndGet();
    }

    void refuse() {
        refused.increment();
    }
}
