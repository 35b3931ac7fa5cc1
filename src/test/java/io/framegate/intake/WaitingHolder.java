package io.framegate.intake;

import java.util.concurrent.atomic.AtomicInteger;

/** A connection that breaks when it must reject its packet. */
final class WaitingHolder implements Holder {

    private final AtomicInteger evictions = new AtomicInteger();

    int evictions() {
        return evictions.get();
    }

    @Override
    public void wake() {}

    @Override
    public void evict(String why) {
        evictions.incrementAndGet();
        throw new IllegalStateException("broken");
    }
}
