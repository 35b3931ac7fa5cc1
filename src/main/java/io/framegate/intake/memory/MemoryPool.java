package io.framegate.intake.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that all connections, or the connections of one peer, share. Decides which of them may read.
 *
 * <pre>
 * 0 ............ 3/4 ...... 7/8 ...... limit ...... 9/8
 * all read
 *                packets of connections that hold little go on
 *                packets of connections with an accepted packet begin
 *                one connection that holds much reads
 *                                      packets that hold little go on, of connections with an accepted packet
 * </pre>
 *
 * <p>The one connection that holds much and still reads is the privileged one. It is the first connection in the order
 * of {@link ReadQueue} that asks while there is none. While all other connections hold less than half of the limit, it
 * may exceed the limit, so that a packet as large as the limit can be received. Guarded by the lock of {@link
 * MemoryBudget}.
 */
public final class MemoryPool {

    /** A connection that holds less, or less than a 64th part of the limit, holds little. */
    private static final long LITTLE = 64 << 10;

    /** A connection that holds less may take over the privilege after this time. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A connection whose packets were accepted keeps the privilege for this longer time. */
    private static final long LONG_TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A packet that has not doubled its bytes for this time may be rejected while packets are completed. */
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The same if more than three quarters are used, and few packets are completed. At the limit it is 0. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Few packets are completed if the unfinished ones would need more than this number of ticks, 10 s. */
    private static final long FLOW_TICKS = 40;

    /**
     * The cost of an open connection besides its packets: its handlers, 2.7 KB before the first byte and 8 KB after it.
     */
    private static final long CONNECTION_COST = 8 << 10;

    private final String property;
    private final long configured;
    private long limit;
    private long partial;
    private long whole;
    private long completed;
    private @Nullable Holding privileged;
    private long privilegedSince;

    public MemoryPool(String property, long limit) {
        this.property = property;
        configured = limit;
        this.limit = limit;
    }

    /** The limit as configured. */
    long limit() {
        return configured;
    }

    /** The number of free bytes; negative if the limit is exceeded. */
    long free() {
        return limit - bytes();
    }

    /** Reserves the cost of this number of open connections, at most half of the memory. */
    public void setConnections(int open) {
        limit = configured - Math.min(configured / 2, open * CONNECTION_COST);
    }

    long bytes() {
        return partial + whole;
    }

    /** Whether incomplete packets fill the pool. */
    boolean isCrowded() {
        return partial > limit / 2;
    }

    /** Whether more than three quarters are used. */
    boolean isTight() {
        return bytes() >= limit / 4 * 3;
    }

    void addPartial(long change) {
        partial += change;
    }

    void addWhole(long change) {
        whole += change;
        completed -= Math.min(change, 0);
    }

    @Nullable
    Holding privileged() {
        return privileged;
    }

    /** Whether a connection may read. */
    boolean admits(Holding holding) {
        return holding.isIdle() || room(holding) > 0 || (holding == privileged && admitsPrivileged(holding));
    }

    private boolean admitsPrivileged(Holding holding) {
        long most = amount(holding) == Amount.MUCH ? limit / 8 * 7 : limit / 16 * 17;
        return bytes() < most || roomBesideOneLarge() > 0;
    }

    /** Whether a connection may read, perhaps because it becomes the privileged one. */
    boolean mayRead(Holding holding) {
        Holding before = privileged;
        if (admits(holding)) {
            return true;
        }
        if (!claim(holding, System.nanoTime())) {
            return false;
        }
        if (before != null) {
            before.holder.wake();
        }
        return admits(holding);
    }

    /** Whether a connection that waits is worth waking. */
    boolean mayClaim(Holding holding) {
        return admits(holding) || (privileged == null && holding.isMidFrame());
    }

    /** The number of bytes that connections with the amount of this one may add; 0 or less if they must wait. */
    long room(Holding holding) {
        long room = reach(holding) - bytes();
        return amount(holding) == Amount.MUCH ? room : Math.max(room, roomBesideOneLarge());
    }

    private long reach(Holding holding) {
        return switch (amount(holding)) {
            case LITTLE -> holding.proven ? limit + limit / 8 : limit;
            case BEGINNING -> holding.proven ? limit : limit / 4 * 3;
            case MUCH -> limit / 4 * 3;
        };
    }

    /** The number of bytes that all but the privileged connection may add until they hold half of the limit. */
    private long roomBesideOneLarge() {
        return privileged == null ? 0 : limit / 2 - (bytes() - privileged.partial());
    }

    Amount amount(Holding holding) {
        long bytes = holding.bytes();
        if (bytes >= Math.max(LITTLE, limit / 64)) {
            return Amount.MUCH;
        }
        return bytes < ReadQueue.READ ? Amount.BEGINNING : Amount.LITTLE;
    }

    /**
     * Makes a connection the privileged one if there is none, or if it holds less than a privileged one whose turn is
     * over.
     */
    boolean claim(Holding holding, long now) {
        Holding before = privileged;
        if (holding == before || !holding.isMidFrame()) {
            return false;
        }
        if (before != null && !isBefore(holding, before, now - privilegedSince)) {
            return false;
        }
        privileged = holding;
        privilegedSince = now;
        return true;
    }

    private static boolean isBefore(Holding holding, Holding before, long turn) {
        if (holding.proven != before.proven) {
            return holding.proven || turn > LONG_TURN_NANOS;
        }
        return turn > TURN_NANOS && holding.bytes() <= before.bytes();
    }

    /** Takes the privilege from a connection; returns whether it had it. */
    boolean release(Holding holding) {
        boolean had = privileged == holding;
        if (had) {
            privileged = null;
        }
        return had;
    }

    /**
     * The connections whose unfinished packets must be rejected, so that others can read. Connections without an
     * accepted packet come first, then connections that hold the most bytes and have not grown for the longest time.
     * Returns none while unfinished packets hold less than half of the pool, because cameras then wait for the routes.
     * Called at a fixed rate while connections wait.
     */
    List<Holding> victims(Collection<Holding> holdings, long now) {
        long least = leastAge();
        completed = 0;
        List<Holding> candidates = new ArrayList<>();
        for (Holding holding : holdings) {
            if (isCrowded() && holding.isUnfinished() && holding.age(now) > least) {
                candidates.add(holding);
            }
        }
        candidates.sort(Comparator.comparing((Holding holding) -> holding.proven)
                .thenComparingDouble(holding -> -(double) holding.partial() * holding.age(now)));
        List<Holding> victims = new ArrayList<>();
        long excess = partial - limit / 2;
        for (Holding holding : candidates) {
            if (excess <= 0) {
                break;
            }
            excess -= holding.partial();
            victims.add(holding);
        }
        return victims;
    }

    private long leastAge() {
        boolean flows = completed >= partial / FLOW_TICKS;
        if (flows || roomBesideOneLarge() > 0 || !isTight()) {
            return OLD_NANOS;
        }
        return bytes() >= limit ? 0 : STUCK_NANOS;
    }

    /** The reason for which the packet of a connection is rejected, as text. */
    String reason(Holding holding) {
        return "unfinished packets fill the memory: " + partial + " bytes, of which this one has " + holding.partial()
                + " (expected: less than half of " + limit + ", " + property + ")";
    }
}
