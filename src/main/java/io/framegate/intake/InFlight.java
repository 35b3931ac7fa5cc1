package io.framegate.intake;

import io.framegate.intake.memory.Holding;
import io.framegate.intake.memory.MemoryBudget;
import io.framegate.intake.memory.MemoryPool;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the packets of all connections in the routes, and the bytes that they hold in memory. When most of the memory
 * is used, connections do not read, so that TCP slows the cameras down; {@link MemoryPool} defines the rules.
 *
 * <p>{@link #pause()} lets no further packets into the routes. {@link #hold()} stops reading, but lets whole packets
 * into the routes. Neither closes connections. Thread-safe.
 */
public final class InFlight {

    /** Whether a connection may read, and the reason if it may not. */
    enum Reading {
        YES,
        NO_MEMORY,
        PAUSED
    }

    private final MemoryBudget memory;
    private final RejectLimit rejects;
    private final Set<FrameGate> waiting = new LinkedHashSet<>();
    private int packets;
    private int pauses;
    private boolean holding;
    private boolean draining;
    private long readsSince = System.nanoTime();

    /** Creates a limit in bytes. */
    public InFlight(long limit) {
        this(limit, System::nanoTime);
    }

    /** Creates a limit in bytes with a clock in nanoseconds. */
    InFlight(long limit, LongSupplier clock) {
        memory = new MemoryBudget(limit, clock);
        rejects = new RejectLimit(limit / 4);
    }

    RejectLimit rejects() {
        return rejects;
    }

    /** The number of rejects that were answered and not kept, because too many waited. */
    public long droppedRejects() {
        return rejects.dropped();
    }

    MemoryBudget memory() {
        return memory;
    }

    /**
     * Counts a packet that enters the routes. During a pause, or while the peer has no turn, returns false and wakes
     * this connection later. The check and the count are one step, so that no pause begins between them.
     */
    synchronized boolean tryDispatch(FrameGate gate, @Nullable PeerTurns turns) {
        if (pauses > 0) {
            waiting.add(gate);
            return false;
        }
        if (turns != null && !turns.tryTake(gate)) {
            return false;
        }
        packets++;
        return true;
    }

    /** Counts a packet that enters the routes in any case, because its connection is closed. */
    synchronized void dispatchClosed(FrameGate gate, @Nullable PeerTurns turns) {
        packets++;
        if (turns != null) {
            turns.take(gate);
        }
    }

    /** Counts a packet that the routes are done with. */
    synchronized void done(@Nullable PeerTurns turns) {
        packets--;
        if (turns != null) {
            turns.giveBack();
        }
        notifyAll();
    }

    /** Whether this connection may read. If not, it is woken when it may. */
    synchronized Reading mayRead(FrameGate gate, Holding account) {
        if (isStopped()) {
            waiting.add(gate);
            return Reading.PAUSED;
        }
        return memory.mayRead(account) ? Reading.YES : Reading.NO_MEMORY;
    }

    /** Forgets a connection that is closed. */
    synchronized void closed(FrameGate gate) {
        waiting.remove(gate);
    }

    /** Whether the gateway has read for this time without a stop. */
    synchronized boolean readsFor(Duration time) {
        return !isStopped() && System.nanoTime() - readsSince >= time.toNanos();
    }

    private boolean isStopped() {
        return pauses > 0 || holding || draining;
    }

    /** Lets no further packet into the routes until {@link #resume()}. Pauses may nest. */
    public synchronized void pause() {
        pauses++;
        memory.stop(true);
    }

    /** Stops reading until {@link #release()}. Does not nest. */
    public synchronized void hold() {
        holding = true;
        memory.stop(true);
    }

    /** Ends a hold. */
    public synchronized void release() {
        holding = false;
        wake();
    }

    /** Stops reading for good, so that the routes can finish the whole packets before the process stops. */
    public synchronized void drain() {
        draining = true;
        memory.stop(true);
    }

    /** Ends a pause. */
    public synchronized void resume() {
        pauses--;
        wake();
    }

    private void wake() {
        readsSince = System.nanoTime();
        memory.stop(isStopped());
        if (pauses == 0) {
            // Also during a hold, because whole packets may still enter the routes.
            List<FrameGate> woken = List.copyOf(waiting);
            waiting.clear();
            woken.forEach(FrameGate::wake);
        }
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
        return memory.limit();
    }

    /** The bytes of all packets that are incomplete, that wait, or that are in the routes. */
    public long bytes() {
        return memory.bytes();
    }
}
