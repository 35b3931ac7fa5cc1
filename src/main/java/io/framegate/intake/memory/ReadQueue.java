package io.framegate.intake.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections that wait for memory, in the order in which they read again: the connection that holds least first.
 * Guarded by the lock of {@link MemoryBudget}.
 */
final class ReadQueue {

    /** The bytes that a woken connection is expected to read at once. */
    private static final long READ = 16 << 10;

    private static final long UNKNOWN = 1L << 48;

    private final NavigableSet<Holding> waiting = new TreeSet<>(
            Comparator.comparingLong((Holding holding) -> holding.rank).thenComparingLong(holding -> -holding.turn));
    private long turns;

    void add(Holding account) {
        account.rank = (account.proven ? 0 : UNKNOWN) + account.bytes() / READ;
        account.turn = ++turns;
        waiting.add(account);
    }

    void remove(Holding account) {
        waiting.remove(account);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The pools of the peers that have a waiting connection. */
    Set<MemoryPool> peers() {
        return waiting.stream()
                .flatMap(account -> Stream.ofNullable(account.peer))
                .collect(Collectors.toSet());
    }

    /** Wakes connections that may read, as long as there is room for the bytes that they will read. */
    void wake(MemoryPool all) {
        long room = all.free();
        List<Holding> woken = new ArrayList<>();
        for (Holding account : waiting) {
            if (all.mayClaim(account) && (account.peer == null || account.peer.mayClaim(account))) {
                woken.add(account);
                room -= READ;
                if (room <= 0) {
                    break;
                }
            }
        }
        wake(woken);
    }

    private void wake(List<Holding> woken) {
        woken.forEach(waiting::remove);
        woken.forEach(account -> account.holder.wake());
    }

    /** Gives the next turn to the waiting connection that holds least. */
    void passOn(MemoryPool all, long now) {
        Holding before = all.privileged();
        for (Holding account : waiting) {
            if (before != null && all.claim(account, now)) {
                wake(List.of(before, account));
                return;
            }
        }
    }
}
