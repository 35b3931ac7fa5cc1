package io.framegate.intake.memory;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that all connections, or the connections of one peer, share. Decides which of them may read.
 *
 * <pre>
 * A connection reads while the used part is less than:     unknown     with an accepted packet
 *   it has no packet                                        any         any
 *   its small packet has begun                              3/4         17/16
 *   it holds a part of a small packet                       1           9/8
 *   it holds much                                           3/4         3/4
 *   it holds much and is the privileged one                 7/8         7/8
 *   it holds less and is the privileged one                 17/16       9/8
 * </pre>
 *
 * <p>One connection at a time is privileged: the first one in the order of {@link ReadQueue} that asks while there is
 * none. While all other connections hold less than half of the limit, it may exceed the limit, so that a packet as
 * large as the limit can be received. Guarded by the lock of {@link MemoryBudget}.
 */
public final class MemoryPool {

    /** A connection that holds less, or less than a 64th part of the configured limit, holds little. */
    private static final long LITTLE = 64 << 10;

    /** A connection that holds less may take over the privilege after this time. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A connection whose packets were accepted keeps the privilege for this longer time. */
    private static final long LONG_TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * The cost of an open connection besides its packets: its handlers, 2.7 KB before the first byte and 8 KB after it.
     */
    private static final long CONNECTION_COST = 8 << 10;

    private final Victims victims = new Victims(this);
    private final String property;
    private final long configured;
    private long limit;
    private long partial;
    private long whole;
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

    long partial() {
        return partial;
    }

    Victims victims() {
        return victims;
    }

    /** The bytes of unfinished packets that are too many. */
    long excess() {
        return partial - limit / 2;
    }

    /** Whether unfinished packets fill the pool. */
    boolean isCrowded() {
        return excess() > 0;
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

    /** Whether a connection may read, or can become the privileged one. */
    boolean mayClaim(Holding holding, long now) {
        return admits(holding) || canClaim(holding, now);
    }

    /** The number of bytes that connections with the amount of this one may add; 0 or less if they must wait. */
    long room(Holding holding) {
        long room = reach(holding) - bytes();
        return amount(holding) == Amount.MUCH ? room : Math.max(room, roomBesideOneLarge());
    }

    private long reach(Holding holding) {
        return switch (amount(holding)) {
            case LITTLE -> holding.proven ? limit + limit / 8 : limit;
            case BEGINNING -> holding.proven ? limit + limit / 16 : limit / 4 * 3;
            case MUCH -> limit / 4 * 3;
        };
    }

    /** The number of bytes that all but the privileged connection may add until they hold half of the limit. */
    long roomBesideOneLarge() {
        return privileged == null ? 0 : limit / 2 - (bytes() - privileged.partial());
    }

    Amount amount(Holding holding) {
        if (holding.bytes() >= Math.max(LITTLE, configured / 64)) {
            return Amount.MUCH;
        }
        return holding.partial() < ReadQueue.READ ? Amount.BEGINNING : Amount.LITTLE;
    }

    /**
     * Makes a connection the privileged one if there is none, or if it holds less than a privileged one whose turn is
     * over.
     */
    boolean claim(Holding holding, long now) {
        boolean can = canClaim(holding, now);
        if (can) {
            privileged = holding;
            privilegedSince = now;
        }
        return can;
    }

    private boolean canClaim(Holding holding, long now) {
        Holding before = privileged;
        if (holding == before || !holding.isMidFrame()) {
            return false;
        }
        return before == null || isBefore(holding, before, now - privilegedSince);
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

    /** The reason for which the packet of a connection is rejected, as text. */
    String reason(Holding holding) {
        return "unfinished packets fill the memory: " + partial + " bytes, of which this one has " + holding.partial()
                + " (expected: less than half of " + limit + ", " + property + ")";
    }
}
