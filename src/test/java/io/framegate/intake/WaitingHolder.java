package io.framegate.intake;

import io.framegate.intake.memory.Holder;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that has waited for some time, and counts what it is told. */
final class WaitingHolder implements Holder {

    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicInteger evictions = new AtomicInteger();
    private final long waitedNanos;
    private final boolean broken;
    private boolean gaveWay;

    WaitingHolder(long waitedNanos) {
        this(waitedNanos, false);
    }

    private WaitingHolder(long waitedNanos, boolean broken) {
        this.waitedNanos = waitedNanos;
        this.broken = broken;
    }

    /** A connection that breaks when it must reject its packet. */
    static WaitingHolder broken() {
        return new WaitingHolder(0, true);
    }

    int evictions() {
        return evictions.get();
    }

    boolean gaveWay() {
        return gaveWay;
    }

    int wakes() {
        return wakes.get();
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    @Override
    public void evict(String why) {
        evictions.incrementAndGet();
        if (broken) {
            throw new IllegalStateException("broken");
        }
    }

    @Override
    public long waitedNanos() {
        return waitedNanos;
    }

    @Override
    public void giveWay() {
        gaveWay = true;
    }
}
