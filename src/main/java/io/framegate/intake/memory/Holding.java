package io.framegate.intake.memory;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectedPacket;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The bytes that one connection holds in memory. Guarded by the lock of its {@link MemoryBudget}. */
public final class Holding {

    /** The cost of a packet in addition to its bytes: objects in Camel, queues and answers. */
    static final int PACKET_COST = 1024;

    final Holder holder;

    /** The pool of the peer's connections, or null if only the pool of all connections counts. */
    final @Nullable MemoryPool peer;

    /** Incomplete packets, and answers that the peer does not read. */
    private long partial;

    /** Packets that wait for the routes or are in them. */
    private long whole;

    private final LongSupplier clock;
    private long quietSince;
    private long frame;

    /** The time at which the packet began or its bytes doubled, and the bytes at that time. */
    private long since;

    private long grown;
    private boolean midFrame;
    private boolean blocking;
    private boolean closed;

    /** The class of connections among which this one waits; null while it does not wait. */
    @Nullable
    Set<Holding> queue;

    /** The order within the class. */
    long rank;

    /** The order within the rank: the last connection goes first. */
    long turn;

    /** Whether its unfinished packet must be rejected. */
    boolean evicted;

    /** Whether a packet of this connection was accepted. Such a connection has priority over unknown ones. */
    boolean proven;

    Holding(Holder holder, @Nullable MemoryPool peer, LongSupplier clock) {
        this.holder = holder;
        this.peer = peer;
        this.clock = clock;
        quietSince = clock.getAsLong();
    }

    /**
     * Sets the number of bytes that the decoder holds. Returns the change.
     *
     * @param frame the number of the frame that has begun; 0 between frames
     * @param blocking whether the peer does not read its answers
     */
    long partial(long bytes, long frame, boolean blocking) {
        long now = closed ? 0 : bytes;
        long change = now - partial;
        boolean begun = frame != 0 || blocking;
        boolean another = begun && (frame != this.frame || !(midFrame || this.blocking));
        if (another || now >= 2 * grown) {
            since = clock.getAsLong();
            grown = now;
        }
        evicted &= begun && !another;
        this.frame = frame;
        this.blocking = blocking;
        midFrame = frame != 0;
        partial = now;
        return change;
    }

    /** The number of bytes that a packet is charged. */
    public static long cost(Received received) {
        long size = PACKET_COST;
        if (received instanceof Packet packet) {
            size += packet.document().length;
            for (PacketImage image : packet.images()) {
                size += image.bytes().length;
            }
        } else if (received instanceof RejectedPacket rejected) {
            size += rejected.content().length;
        }
        return size;
    }

    void whole(long change) {
        whole += change;
        if (change < 0) {
            quietSince = clock.getAsLong();
        }
    }

    /** The time since the connection had a whole packet, in nanoseconds; 0 while it has one. */
    public long quietNanos() {
        return whole > 0 ? 0 : clock.getAsLong() - quietSince;
    }

    /** The time for which the gateway has not read from the connection for its own reasons; 0 while it reads. */
    public long waitedNanos() {
        return holder.waitedNanos();
    }

    /** Releases the bytes that the decoder holds, for good. Returns the change. */
    long close() {
        closed = true;
        return partial(0, 0, false);
    }

    long partial() {
        return partial;
    }

    long bytes() {
        return partial + whole;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isMidFrame() {
        return midFrame;
    }

    /** Whether it has no packet at all. The first bytes of a packet are always read: they cost only a small buffer. */
    boolean isIdle() {
        return !midFrame && whole == 0;
    }

    /** Whether the bytes are freed only when the peer completes its packet or reads its answers. */
    boolean isUnfinished() {
        return partial > 0 && (midFrame || blocking);
    }

    /**
     * The time since the packet began or its bytes doubled, in nanoseconds. A peer that sends single bytes hardly
     * becomes younger by them.
     */
    long age(long now) {
        return now - since;
    }

    /** Leaves out a time in which the gateway did not read. */
    void leaveOut(long nanos) {
        since = Math.min(since + nanos, clock.getAsLong());
    }
}
