package io.framegate.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that all connections hold in memory, and their packets in the routes. While the bytes exceed the
 * limit, no connection reads, so that TCP slows the cameras down. One connection at a time may finish its packet,
 * because incomplete packets alone may reach the limit and would never end. So the limit is exceeded by one packet at
 * most.
 *
 * <p>{@link #pause()} lets no further packets into the routes. {@link #hold()} stops reading, but lets whole packets
 * into the routes. Neither closes connections. Thread-safe.
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

    /** Creates a limit in bytes. */
    public InFlight(long limit) {
        this.limit = limit;
    }

    /** Adds to the held bytes. Never waits. */
    synchronized void held(long change) {
        bytes += change;
        if (change < 0) {
            wake();
        }
    }

    /**
     * Counts a packet that enters the routes. During a pause it returns false, and wakes this connection after the
     * pause. The check and the count are one step, so that no pause begins between them.
     */
    synchronized boolean tryDispatch(FrameGate gate) {
        if (pauses > 0) {
            parked.add(gate);
            return false;
        }
        packets++;
        return true;
    }

    /** Counts a packet that enters the routes even during a pause, because its connection is closed. */
    synchronized void dispatchClosed() {
        packets++;
    }

    /** Counts a packet that the routes are done with. */
    synchronized void done() {
        packets--;
        notifyAll();
    }

    /** Whether this connection may read. If not, it is woken when it may. */
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

    /** Lets another connection finish its packet, because this one is closed. */
    synchronized void closed(FrameGate gate) {
        parked.remove(gate);
        frameEnded(gate);
    }

    /** Lets another connection finish its packet, because this one has no incomplete packet. */
    synchronized void frameEnded(FrameGate gate) {
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

    /** Lets no further packet into the routes until {@link #resume()}. Pauses may nest. */
    public synchronized void pause() {
        pauses++;
    }

    /** Stops reading until {@link #release()}. Does not nest. */
    public synchronized void hold() {
        holding = true;
    }

    /** Ends a hold. */
    public synchronized void release() {
        holding = false;
        wake();
    }

    /** Stops reading for good, so that the routes can finish the whole packets before the process stops. */
    public synchronized void drain() {
        draining = true;
    }

    /** Ends a pause. */
    public synchronized void resume() {
        pauses--;
        wake();
    }

    /** Waits until no packet is in the routes; returns false after the timeout. */
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

    /** The number of packets in the routes. */
    public synchronized int packets() {
        return packets;
    }

    /** The maximum number of held bytes. */
    public long limit() {
        return limit;
    }

    /** The bytes of all packets that are incomplete, that wait, or that are in the routes. */
    public synchronized long bytes() {
        return bytes;
    }
}
