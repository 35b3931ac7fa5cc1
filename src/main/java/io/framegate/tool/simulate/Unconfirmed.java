package io.framegate.tool.simulate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What went into a connection without answers and may still be in a socket's buffer: if the connection breaks, nobody on this
 * side knows what became of it. Linux lets both buffers of a connection grow to less than 64 MB together unless told
 * otherwise, so what lies further back was read by the gateway.
 */
final class Unconfirmed {

    private static final long BUFFERS = 64 << 20;

    private final Deque<SimulatedPacket> packets = new ArrayDeque<>();
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private long held;

    void add(SimulatedPacket packet) {
        // Without its bytes, or a thousand cameras would hold 64 GB.
        packets.addLast(new SimulatedPacket(new byte[0], packet.images(), packet.damage(), packet.dueNanos()));
        lengths.addLast(packet.bytes().length);
        held += packet.bytes().length;
        while (held - lengths.getFirst() > BUFFERS) {
            packets.removeFirst();
            held -= lengths.removeFirst();
        }
    }

    /** The connection broke. */
    void lose() {
        packets.forEach(SimulatedPacket::lose);
        clear();
    }

    void clear() {
        packets.clear();
        lengths.clear();
        held = 0;
    }
}
