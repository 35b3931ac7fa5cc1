package io.framegate.intake;

import io.framegate.intake.memory.Holder;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that has waited for some time, and breaks when it must reject its packet. */
final class WaitingHolder implements Holder {

    private final AtomicInteger evictions = new AtomicInteger();
    private final long waitedNanos;
    private boolean gaveWay;

    WaitingHolder(long waitedNanos) {
        this.waitedNanos = waitedNanos;
    }

    int evictions() {
        return evictions.get();
    }

    boolean gaveWay() {
        return gaveWay;
    }

    @Override
    public void wake() {}

    @Override
    public void evict(String why) {
        evictions.incrementAndGet();
        throw new IllegalStateException("broken");
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
