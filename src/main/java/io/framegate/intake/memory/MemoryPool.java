package io.framegate.intake.memory;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that all connections, or the connections of one peer, share. Decides which of them may read.
 *
 * <pre>
 * A connection reads while less than this part is used:      unknown     with an accepted packet
 *   it holds nothing                                          any         any
 *   it holds less than 16 KB of its packet                    3/4         17/16
 *   it holds a part of a small packet                         1           9/8
 *   it holds much                                             3/4         3/4
 *   it holds much and is privileged                           7/8         17/16
 *   it holds less and is privileged                           17/16       as above, at least 17/16
 * </pre>
 *
 * <p>One connection at a time is privileged: the first one that asks while there is none, or that takes over when the
 * turn of another one is over. While all other connections hold less than half of the limit, it and connections that
 * hold little may exceed the limit, so that a packet as large as the limit can be received. Guarded by the lock of
 * {@link MemoryBudget}.
 */
public final class MemoryPool {

    /** A connection that holds less, or less than a 64th part of the configured limit, holds little. */
    private static final long LITTLE = 64 << 10;

    /** A connection with an accepted packet, or else with fewer bytes, may take over the privilege after this time. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Any other connection may take over the privilege after this time. */
    private static final long LONG_TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * The cost of an open connection besides its packets: its handlers, 2.7 KB before the first byte and 8 KB after it.
     */
    private static final long CONNECTION_COST = 8 << 10;

    private final Victims victims = new Victims(this);
    private final String property;
    private final long configured;
    private long limit;
    private long connections;
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

    /** Counts open connections. Their cost is reserved, up to half of the memory. */
    void addConnections(int change) {
        connections += change;
        limit = configured - Math.min(configured / 2, connections * CONNECTION_COST);
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
        long most = holding.proven || amount(holding) != Amount.MUCH ? limit / 16 * 17 : limit / 8 * 7;
        return bytes() < most || roomBesideOneLarge() > 0;
    }

    /** Whether a connection may read, perhaps because it becomes the privileged one. */
    boolean mayRead(Holding holding, long now) {
        Holding before = privileged;
        if (admits(holding)) {
            return true;
        }
        if (!claim(holding, now)) {
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

    /** Makes a connection the privileged one if there is none, or if the turn of the privileged one is over. */
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
        boolean better = holding.proven == before.proven ? holding.bytes() <= before.bytes() : holding.proven;
        return turn > (better ? TURN_NANOS : LONG_TURN_NANOS);
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
