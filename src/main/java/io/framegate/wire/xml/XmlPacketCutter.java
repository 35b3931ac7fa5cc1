package io.framegate.wire.xml;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.ByteScan;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.Junk;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Padding;
import java.util.function.Consumer;

/**
 * Cuts XML packets from a stream in one pass and takes the base64 images out of them.
 *
 * <pre>
 * BEFORE                                                     AFTER
 * +-----------------------+-------+------------------+       +----------------+----------------+
 * | &lt;config&gt;...&lt;/config&gt;  | CR LF | &lt;config&gt;...      |  ---&gt; | Packet         | (next packet   |
 * | 300 KB                |       |                  |       |  document 2 KB |  not complete) |
 * +-----------------------+-------+------------------+       |  images        |                |
 *                                                            +----------------+----------------+
 * </pre>
 *
 * <p>A packet ends with the end tag of its root, which may have any name. Comments, CDATA, attributes and nested
 * elements of the root's name do not end it. The rest of the markup need not be well-formed. Each byte is read once,
 * and the result does not depend on the pieces in which the bytes arrive. This class finds the beginning of a packet;
 * {@link XmlPacketReader} reads the packet.
 *
 * <p>Bytes that are no packet are rejected and skipped up to the next beginning ({@link PacketBeginning}). A packet
 * inside which the next one begins is rejected.
 *
 * <p>Holds at most {@link PacketLimits#maxPacketLength()} bytes. Not thread-safe.
 */
public final class XmlPacketCutter implements FrameCutter {

    private enum State {
        /** After a packet, or at the beginning of the stream. */
        BETWEEN,
        /** In bytes that are no packet. */
        SKIP,
        PACKET
    }

    private static final String BEGINNING = "< of a tag";

    private final Consumer<Received> out;
    private final String expectedFirst;
    private final XmlPacketReader reader;
    private final Junk junk;
    private final PacketBeginning restart = new PacketBeginning();

    private State state = State.BETWEEN;
    private long begun;

    public XmlPacketCutter(String format, PacketLimits limits, Consumer<Received> out) {
        this(format, limits, BEGINNING, out);
    }

    /**
     * Creates a cutter.
     *
     * @param expectedFirst how the first bytes of a connection begin, for the detail of a reject
     */
    XmlPacketCutter(String format, PacketLimits limits, String expectedFirst, Consumer<Received> out) {
        this.out = out;
        this.expectedFirst = expectedFirst;
        this.reader = new XmlPacketReader(format, limits);
        this.junk = new Junk(format, BEGINNING);
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        return switch (state) {
            case BETWEEN -> between(in, from, to);
            case SKIP -> skip(in, from, to);
            case PACKET -> packet(in, from, to);
        };
    }

    @Override
    public boolean midFrame() {
        return state != State.BETWEEN;
    }

    @Override
    public long begun() {
        return begun;
    }

    @Override
    public int heldBytes() {
        return reader.heldBytes() + junk.heldBytes();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (state == State.PACKET) {
            out.accept(reader.incomplete(reason, why));
        }
        junk.end(0).ifPresent(out);
        restart.clear();
        state = State.BETWEEN;
    }

    private int between(byte[] in, int at, int to) {
        int next = at;
        while (next < to && Padding.isBetweenPackets(in[next])) {
            next++;
        }
        if (next < to && in[next] == '<') {
            begin();
        } else if (next < to) {
            junk.begin(begun == 0 ? expectedFirst : BEGINNING);
            begun++;
            state = State.SKIP;
        }
        return next;
    }

    private void begin() {
        begun++;
        reader.begin();
        state = State.PACKET;
    }

    /** Begins the next packet with bytes that were read as part of something else. */
    private void beginWith(byte[] beginning) {
        begin();
        cutAll(beginning, 0, beginning.length);
    }

    private int skip(byte[] in, int at, int to) {
        int next = restart.isEmpty() ? ByteScan.indexOf(in, at, to, '<', '<') : at;
        int end = Math.min(next + 1, to);
        if (next < to) {
            restart.appendOrStartOver(in[next]);
        }
        junk.add(in, at, end).ifPresent(out);
        if (restart.isComplete()) {
            byte[] beginning = restart.bytes();
            restart.clear();
            junk.end(beginning.length).ifPresent(out);
            beginWith(beginning);
        }
        return end;
    }

    private int packet(byte[] in, int at, int to) {
        int next = reader.take(in, at, to);
        switch (reader.end()) {
            case NONE -> {}
            case WHOLE -> {
                out.accept(reader.whole());
                state = State.BETWEEN;
            }
            case NEXT_PACKET -> {
                byte[] beginning = reader.nextPacket();
                out.accept(reader.incomplete(RejectReason.INCOMPLETE, "next packet begins"));
                beginWith(beginning);
            }
            case TOO_LONG -> {
                out.accept(reader.tooLong());
                state = State.SKIP;
            }
            case NO_PACKET -> {
                byte[] all = reader.noPacket();
                junk.begin();
                junk.add(all, 0, all.length).ifPresent(out);
                state = State.SKIP;
            }
        }
        return next;
    }
}
