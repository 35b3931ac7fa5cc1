package io.framegate.intake.memory;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the heap that all connections share, {@code intake} of {@link io.framegate.settings.HeapShares}. Keeps an
 * account of each connection, a {@link Holding}, and decides which connections read. {@link MemoryPool} defines the
 * rules, and {@link ReadQueue} holds the connections that wait. While connections wait because of unfinished packets,
 * the budget rejects the unfinished packets that cost most. Thread-safe.
 */
public final class MemoryBudget {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private static final long TICK_MILLIS = 250;

    private final MemoryPool all;
    private final Set<Holding> holdings = new HashSet<>();
    private final ReadQueue waiting;
    private final LongSupplier clock;
    private boolean stopped;
    private long stoppedSince;
    private boolean ticking;
    private long crowdedSince;
    private long crowdedNanos;
    private volatile boolean tight;

    public MemoryBudget(long limit) {
        this(limit, System::nanoTime);
    }

    /** Creates a budget with a clock in nanoseconds. */
    public MemoryBudget(long limit, LongSupplier clock) {
        this.clock = clock;
        all = new MemoryPool("framegate.intake.memory", limit);
        waiting = new ReadQueue(all);
    }

    /** Opens the account of a connection. */
    public synchronized Holding open(Holder holder, @Nullable MemoryPool peer) {
        Holding opened = new Holding(holder, peer, clock);
        holdings.add(opened);
        addConnections(opened, 1);
        update();
        return opened;
    }

    private void addConnections(Holding account, int change) {
        all.addConnections(change);
        if (account.peer != null) {
            account.peer.addConnections(change);
        }
    }

    /** Releases a whole packet that was accepted. */
    public synchronized void accept(Holding account, long cost) {
        account.proven = true;
        all.victims().accepted(cost - Holding.PACKET_COST);
        if (account.peer != null) {
            account.peer.victims().accepted(cost - Holding.PACKET_COST);
        }
        addWhole(account, -cost);
    }

    /** Charges a whole packet, or releases it with a negative number of bytes. Never waits. */
    public synchronized void addWhole(Holding account, long change) {
        account.whole(change);
        if (change < 0 && waiting.remove(account)) {
            // Among others, because it holds less.
            waiting.add(account);
        }
        all.addWhole(change);
        if (account.peer != null) {
            account.peer.addWhole(change);
        }
        changed(change);
    }

    /**
     * Charges the bytes that a decoder holds and the answers that the peer has not read. Replaces the charge of the
     * previous call.
     *
     * @param frame the number of the frame that has begun; 0 between frames
     * @param blocking whether the peer does not read its answers
     */
    public synchronized void setPartial(Holding account, long bytes, long frame, boolean blocking) {
        changePartial(account, account.partial(bytes, frame, blocking));
        if (frame == 0) {
            release(account);
        }
    }

    /** Releases everything except whole packets, because the connection is closed. */
    public synchronized void close(Holding account) {
        if (!account.isClosed()) {
            holdings.remove(account);
            addConnections(account, -1);
            long change = account.close();
            rest(account);
            changePartial(account, change);
            update();
            wake();
        }
    }

    private void changePartial(Holding account, long change) {
        if (change != 0) {
            all.addPartial(change);
            if (account.peer != null) {
                account.peer.addPartial(change);
            }
            changed(change);
        }
    }

    private void changed(long change) {
        update();
        if (change < 0) {
            wake();
        }
    }

    private void update() {
        tight = all.isTight();
        countCrowded();
    }

    /** Whether this connection may read. If not, it is woken when it may. */
    public synchronized boolean mayRead(Holding account) {
        waiting.remove(account);
        long now = clock.getAsLong();
        // The peer first: a connection that its peer stops must not be the privileged one of all.
        boolean admitted = account.peer == null || account.peer.mayRead(account, now);
        if (admitted && all.mayRead(account, now)) {
            return true;
        }
        if (!admitted && all.release(account)) {
            wake();
        }
        if (!account.isClosed()) {
            waiting.add(account);
            if (!ticking) {
                all.victims().begin();
                scheduleTick();
            }
        }
        return false;
    }

    /** Whether the unfinished packet of this connection must be rejected still. */
    public synchronized boolean isEvicted(Holding account) {
        return account.evicted;
    }

    /** Lets other connections read, because this one has a reason other than memory not to read. */
    public synchronized void rest(Holding account) {
        waiting.remove(account);
        release(account);
    }

    private void release(Holding account) {
        boolean had = all.release(account);
        if (account.peer != null) {
            had |= account.peer.release(account);
        }
        if (had) {
            wake();
        }
    }

    /**
     * Stops or continues the budget. It wakes and rejects no connection while the gateway does not read for its own
     * reasons.
     */
    public synchronized void stop(boolean stop) {
        long now = clock.getAsLong();
        if (stop && !stopped) {
            stoppedSince = now;
        } else if (stopped && !stop) {
            holdings.forEach(account -> account.leaveOut(now - stoppedSince));
        }
        stopped = stop;
        countCrowded();
        wake();
    }

    private void wake() {
        if (!stopped && !waiting.isEmpty()) {
            waiting.wake(clock.getAsLong());
        }
    }

    private void scheduleTick() {
        ticking = true;
        GlobalEventExecutor.INSTANCE
                .schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS)
                .addListener(tick -> {
                    if (!tick.isSuccess()) {
                        LOG.error("memory budget failed, it goes on", tick.cause());
                    }
                });
    }

    /** Rejects unfinished packets if connections wait because of them, and passes the privilege on. */
    public synchronized void tick() {
        ticking = false;
        if (waiting.isEmpty()) {
            return;
        }
        // First, so that no failure ends the schedule.
        scheduleTick();
        if (!stopped) {
            long now = clock.getAsLong();
            // The peers first: the bytes that their connections must release are not too many for all.
            fullPeers().forEach((pool, accounts) -> evict(pool, accounts, now));
            if (waiting.isStoppedBy(all)) {
                evict(all, holdings, now);
            }
            waiting.passOn(now);
            wake();
        }
    }

    /** The accounts of each peer whose limit stops one of its connections. */
    private Map<MemoryPool, List<Holding>> fullPeers() {
        Map<MemoryPool, List<Holding>> peers = new HashMap<>();
        waiting.fullPeers().forEach(peer -> peers.put(peer, new ArrayList<>()));
        for (Holding account : holdings) {
            List<Holding> accounts = account.peer == null ? null : peers.get(account.peer);
            if (accounts != null) {
                accounts.add(account);
            }
        }
        return peers;
    }

    private static void evict(MemoryPool pool, Collection<Holding> accounts, long now) {
        for (Holding victim : pool.victims().choose(accounts, now)) {
            victim.evicted = true;
            victim.holder.evict(pool.reason(victim));
        }
    }

    /**
     * Closes the connection of a peer with the longest time, so that another connection can replace it.
     *
     * @return false if no time is at least {@code least}
     */
    public synchronized boolean giveWay(MemoryPool peer, ToLongFunction<Holding> time, Duration least) {
        Holding longest = null;
        long nanos = least.toNanos();
        for (Holding account : holdings) {
            long its = account.peer == peer ? time.applyAsLong(account) : -1;
            if (its >= nanos) {
                longest = account;
                nanos = its;
            }
        }
        if (longest == null) {
            return false;
        }
        holdings.remove(longest);
        longest.holder.giveWay();
        return true;
    }

    private void countCrowded() {
        boolean crowded = all.isCrowded() && !stopped;
        if (crowded != (crowdedSince != 0)) {
            long now = clock.getAsLong();
            crowdedNanos += crowded ? 0 : now - crowdedSince;
            crowdedSince = crowded ? now : 0;
        }
    }

    /** The total time in which unfinished packets held more than half of the memory, in nanoseconds. */
    public synchronized long crowdedNanos() {
        return crowdedNanos + (crowdedSince == 0 ? 0 : clock.getAsLong() - crowdedSince);
    }

    /** Whether buffers must be small, because most of the memory is used. */
    public boolean isTight() {
        return tight;
    }

    public long limit() {
        return all.limit();
    }

    public synchronized long bytes() {
        return all.bytes();
    }
}
