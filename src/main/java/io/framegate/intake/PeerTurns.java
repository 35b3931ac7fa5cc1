package io.framegate.intake;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Limits the packets of one peer in the routes: to {@link #MAX} while other peers are connected, and to
 * {@link #MAX_ALONE} otherwise. Without this limit, a peer on a thousand connections fills the queue of the routes, and
 * the packets of all other cameras wait for it.
 *
 * <p>The connections of a peer take turns in the order of their requests. A wait for a turn costs a wake-up of the
 * connection, 6 % of the processor at full load. Guarded by the lock of {@link InFlight}.
 */
final class PeerTurns {

    /** Twice as many as the routes have threads, so that no thread waits for the next packet. */
    static final int MAX = 4 * Runtime.getRuntime().availableProcessors();

    /** A camera may connect for each of its packets, and waits for these. */
    static final int MAX_ALONE = 4 * MAX;

    private final PeerTable peers;
    private final Set<FrameGate> waiting = new LinkedHashSet<>();
    private int inRoutes;

    PeerTurns(PeerTable peers) {
        this.peers = peers;
    }

    private boolean isFull() {
        return inRoutes >= (peers.areMany() ? MAX : MAX_ALONE);
    }

    /** Takes a turn, or returns false and wakes the connection when it is its turn. */
    boolean tryTake(FrameGate gate) {
        if (isFull()) {
            waiting.add(gate);
            return false;
        }
        waiting.remove(gate);
        inRoutes++;
        return true;
    }

    /** Takes a turn in any case, because the connection is closed. */
    void take(FrameGate gate) {
        waiting.remove(gate);
        inRoutes++;
    }

    /** Releases a turn, and wakes the connection that has waited longest. Its packet takes the turn. */
    void giveBack() {
        inRoutes--;
        if (!isFull() && !waiting.isEmpty()) {
            FrameGate next = waiting.iterator().next();
            waiting.remove(next);
            next.wake();
        }
    }
}
