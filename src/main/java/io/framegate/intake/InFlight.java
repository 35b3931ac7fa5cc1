package io.framegate.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all connections together hold in memory and have in the routes. While that is more than the limit, nobody reads,
 * so TCP slows the cameras down; one connection at a time may finish the packet it has begun, so that a limit reached by half
 * packets alone does not stand still. The limit is therefore exceeded by one packet at the most.
 *
 * <p>The intake can also be paused: packets in the routes go on, no new ones begin, and no connection notices. And it can be held:
 * nothing more is read, but what was received goes on. Thread-safe.
 */
public final class InFlight {

    private final long limit;
    private final Set<FrameGate> parked = new LinkedHashSet<>();
    private @Nullable FrameGate privileged;
    private long bytes;
    private int packets;
    private int pauses;
    private boolean holding;
    private boolean draining;

    /** In flight at the most this many bytes and one packet. */
    public InFlight(long limit) {
        this.limit = limit;
    }

    /** Changes by how much is held; waits for nothing. */
    synchronized void held(long change) {
        bytes += change;
        if (change < 0) {
            wake();
        }
    }

    /**
     * Counts a packet as going to the routes, unless that is paused; then this connection is woken when it may. One step, so that
     * a pause cannot come between the question and the count.
     */
    synchronized boolean tryDispatch(FrameGate gate) {
        if (pauses > 0) {
            parked.add(gate);
            return false;
        }
        packets++;
        return true;
    }

    /** Counts a packet that goes to the routes now or never, because its connection is gone. */
    synchronized void dispatchGone() {
        packets++;
    }

    /** The routes are done with a packet. */
    synchronized void done() {
        packets--;
        notifyAll();
    }

    /** Whether this connection may read on. If not, it is woken as soon as it may. */
    synchronized boolean mayRead(FrameGate gate, boolean midFrame) {
        boolean closed = pauses > 0 || holding || draining;
        if (!closed && bytes < limit) {
            parked.remove(gate);
            return true;
        }
        if (!closed && midFrame && (privileged == null || privileged == gate)) {
            privileged = gate;
            parked.remove(gate);
            return true;
        }
        parked.add(gate);
        return false;
    }

    /** This connection has finished its packet, or is gone. */
    synchronized void yields(FrameGate gate, boolean gone) {
        if (gone) {
            parked.remove(gate);
        }
        if (privileged == gate) {
            privileged = null;
            wake();
        }
    }

    private void wake() {
        if (pauses == 0 && (bytes < limit || privileged == null)) {
            Queue<FrameGate> woken = new ArrayDeque<>(parked);
            parked.clear();
            woken.forEach(FrameGate::wake);
        }
    }

    /** Lets no further packet into the routes until {@link #resume()}, which must follow. Pauses may nest. */
    public synchronized void pause() {
        pauses++;
    }

    /** Reads nothing more until {@link #release()}; what was received whole goes on. Does not nest. */
    public synchronized void hold() {
        holding = true;
    }

    /** Reads again. */
    public synchronized void release() {
        holding = false;
        wake();
    }

    /** Reads nothing more for good, so that what was received whole can be finished before the process stops. */
    public synchronized void drain() {
        draining = true;
    }

    /** Ends a pause. */
    public synchronized void resume() {
        pauses--;
        wake();
    }

    /** Waits until the routes have no packet; false if that took too long. */
    public synchronized boolean awaitIdle(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (packets > 0) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Packets in the routes. */
    public synchronized int packets() {
        return packets;
    }

    /** How many bytes may be held. */
    public long limit() {
        return limit;
    }

    /** Bytes held by packets begun, waiting and in the routes. */
    public synchronized long bytes() {
        return bytes;
    }
}
