package io.framegate.intake.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Chooses the connections of a pool whose unfinished packets must be rejected, so that others can read. Guarded by the
 * lock of {@link MemoryBudget}.
 */
final class Victims {

    /** A packet that has not doubled its bytes for this time may be rejected while packets are accepted. */
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The same if more than three quarters are used, and few packets are accepted. At the limit it is 0. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Few packets are accepted if the unfinished ones would need more than this number of ticks, 10 s. */
    private static final long FLOW_TICKS = 40;

    private final MemoryPool pool;
    private long accepted;

    Victims(MemoryPool pool) {
        this.pool = pool;
    }

    /** Counts the bytes of an accepted packet. Rejects and empty packets show no flow, and an attack can send them. */
    void accepted(long bytes) {
        accepted += bytes;
    }

    /** Begins to count accepted packets. Called when the first connection waits. */
    void begin() {
        accepted = 0;
    }

    /**
     * Chooses connections without an accepted packet before others, then connections that hold the most bytes and have
     * not grown for the longest time. Chooses none while unfinished packets hold less than half of the pool, because
     * cameras then wait for the routes. Called at a fixed rate while connections wait.
     */
    List<Holding> choose(Collection<Holding> holdings, long now) {
        long least = leastAge();
        begin();
        List<Holding> candidates = new ArrayList<>();
        long excess = pool.excess();
        for (Holding holding : holdings) {
            if (holding.evicted) {
                // Its event loop has not released the bytes yet.
                excess -= holding.partial();
            } else if (holding.isUnfinished() && holding.age(now) > least) {
                candidates.add(holding);
            }
        }
        candidates.sort(Comparator.comparing((Holding holding) -> holding.proven)
                .thenComparingDouble(holding -> -(double) holding.partial() * holding.age(now)));
        List<Holding> victims = new ArrayList<>();
        for (Holding holding : candidates) {
            if (excess <= 0) {
                break;
            }
            excess -= holding.partial();
            victims.add(holding);
        }
        return needed(victims, excess);
    }

    /** Leaves out the first ones if those after them are enough: small packets do not go beside one large packet. */
    private static List<Holding> needed(List<Holding> victims, long excess) {
        List<Holding> needed = new ArrayList<>();
        long spare = -excess;
        for (Holding victim : victims) {
            if (victim.partial() <= spare) {
                spare -= victim.partial();
            } else {
                needed.add(victim);
            }
        }
        return needed;
    }

    private long leastAge() {
        boolean flows = accepted >= pool.partial() / FLOW_TICKS;
        if (flows || pool.roomBesideOneLarge() > 0 || !pool.isTight()) {
            return OLD_NANOS;
        }
        return pool.free() <= 0 ? 0 : STUCK_NANOS;
    }
}
