package io.framegate.intake.memory;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections that wait for memory, in the order in which they read again: connections with an accepted packet
 * before others, and of these the {@link Amount amounts} in their order.
 *
 * <p>A small packet that has begun goes on before another one begins, because thousands that read in turn would fill
 * the memory with parts, and none would be complete. Of the connections that hold much, the one that holds least reads
 * first. Otherwise the connection that waits longest reads first, among unknown ones the one that waits shortest,
 * because the packets of the first may never end. Guarded by the lock of {@link MemoryBudget}.
 */
final class ReadQueue {

    /** The bytes that a woken connection is expected to read; if it holds more, as much as it holds. */
    static final long READ = 16 << 10;

    private static final Comparator<Holding> ORDER =
            Comparator.comparingLong((Holding holding) -> holding.rank).thenComparingLong(holding -> -holding.turn);

    private final Map<Amount, Set<Holding>> proven = new EnumMap<>(Amount.class);
    private final Map<Amount, Set<Holding>> unknown = new EnumMap<>(Amount.class);
    private final MemoryPool all;
    private long turns;

    ReadQueue(MemoryPool all) {
        this.all = all;
    }

    void add(Holding account) {
        Amount amount = all.amount(account);
        account.rank = amount == Amount.MUCH ? account.bytes() / READ : 0;
        account.turn = account.proven ? - ++turns : ++turns;
        account.queue = (account.proven ? proven : unknown).computeIfAbsent(amount, none -> new TreeSet<>(ORDER));
        account.queue.add(account);
    }

    /** Removes a connection; returns whether it waited. */
    boolean remove(Holding account) {
        boolean waited = account.queue != null && account.queue.remove(account);
        account.queue = null;
        return waited;
    }

    boolean isEmpty() {
        return waiting().findAny().isEmpty();
    }

    /** Whether a pool stops one of the connections. */
    boolean isStoppedBy(MemoryPool pool) {
        return waiting().anyMatch(account -> !pool.admits(account));
    }

    /** The pools of the peers that stop one of their connections. */
    Set<MemoryPool> fullPeers() {
        return waiting()
                .flatMap(account -> Stream.ofNullable(account.peer).filter(peer -> !peer.admits(account)))
                .collect(Collectors.toSet());
    }

    private Stream<Holding> waiting() {
        return classes().flatMap(Set::stream);
    }

    /** The pool treats the connections of a class alike, except the privileged one. */
    private Stream<Set<Holding>> classes() {
        return Stream.of(proven, unknown).flatMap(amounts -> amounts.values().stream());
    }

    /** Wakes connections that may read, as long as there is room for the bytes that they will read. */
    void wake(long now) {
        Set<Holding> woken = new LinkedHashSet<>();
        privileged(now).ifPresent(woken::add);
        long granted = 0;
        for (Set<Holding> accounts : classes().toList()) {
            for (Holding account : accounts) {
                if (all.room(account) <= granted) {
                    break;
                }
                if (peerAdmits(account, now) && woken.add(account)) {
                    granted += Math.max(READ, account.bytes());
                }
            }
        }
        wake(woken);
    }

    /** The privileged connection, or one that can become it, if it may read because of the privilege. */
    private Optional<Holding> privileged(long now) {
        Holding privileged = all.privileged();
        Stream<Holding> candidates = privileged == null
                ? waiting().filter(account -> account.isMidFrame() && all.room(account) <= 0)
                : Stream.of(privileged).filter(account -> account.queue != null && all.admits(account));
        return candidates.filter(account -> peerAdmits(account, now)).findFirst();
    }

    private static boolean peerAdmits(Holding account, long now) {
        return account.peer == null || account.peer.mayClaim(account, now);
    }

    private void wake(Set<Holding> woken) {
        woken.forEach(this::remove);
        woken.forEach(account -> account.holder.wake());
    }

    /** Gives the next turn to the first waiting connection that may have it. */
    void passOn(long now) {
        Holding before = all.privileged();
        if (before != null) {
            waiting()
                    .filter(account -> peerAdmits(account, now) && all.claim(account, now))
                    .findFirst()
                    .ifPresent(next -> wake(Set.of(before, next)));
        }
    }
}
