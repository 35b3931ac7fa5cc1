package io.framegate.tool.simulate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The packets that may still be in the socket buffers of a connection without answers. If the connection breaks, the
 * camera cannot know their fate. By default, Linux lets both buffers of a connection grow to less than 64 MB together,
 * so the gateway has read everything before the last 64 MB.
 */
final class Unconfirmed {

    private static final long BUFFERS = 64 << 20;

    private final Deque<SimulatedPacket> packets = new ArrayDeque<>();
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private long held;

    void add(SimulatedPacket packet) {
        // Held without the bytes, or a thousand cameras would hold 64 GB.
        packets.addLast(new SimulatedPacket(new byte[0], packet.images(), packet.damage(), packet.dueNanos()));
        lengths.addLast(packet.bytes().length);
        held += packet.bytes().length;
        while (held - lengths.getFirst() > BUFFERS) {
            packets.removeFirst();
            held -= lengths.removeFirst();
        }
    }

    /** Notes that the connection broke. */
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
