package io.framegate.wire.embedded;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.ByteScan;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.Junk;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Cuts XML packets, JSON documents, or both from a stream in one pass, and takes the base64 images out of them.
 *
 * <pre>
 * BEFORE                                                     AFTER
 * +-----------------------+-------+------------------+       +----------------+----------------+
 * | &lt;config&gt;...&lt;/config&gt;  | CR LF | {"plate": ...    |  ---&gt; | Packet         | (next packet   |
 * | 300 KB                |       |                  |       |  document 2 KB |  not complete) |
 * +-----------------------+-------+------------------+       |  images        |                |
 *                                                            +----------------+----------------+
 * </pre>
 *
 * <p>This class finds the beginning of a packet; the {@link DocumentReader} that knows its first byte reads it. Bytes
 * that belong to no packet are rejected and skipped up to the next {@link DocumentBeginning} of any reader. Each byte
 * is read once, and the result does not depend on the pieces in which the bytes arrive.
 *
 * <p>Holds at most one packet. Not thread-safe.
 */
public final class DocumentCutter implements FrameCutter {

    private enum State {
        /** After a packet, or at the beginning of the stream. */
        BETWEEN,
        /** In bytes that belong to no packet. */
        SKIP,
        PACKET,
        /** In the rest of a packet that was too long. */
        DROP
    }

    private final Consumer<Received> out;
    private final DocumentReader[] readers;
    private final String expected;
    private final String expectedFirst;

    /** The reader of this packet, or of the previous packet while there is none. */
    private DocumentReader reader;

    private Junk junk;
    private State state = State.BETWEEN;
    private long begun;

    /** Creates a cutter with one or two readers. The first reader decides which bytes may stand before all packets. */
    public DocumentCutter(Consumer<Received> out, DocumentReader... readers) {
        this(out, "", readers);
    }

    /**
     * Creates a cutter.
     *
     * @param expectedFirst the expected first bytes of a connection, for the detail of a reject; empty if they are
     *     those of any packet
     */
    public DocumentCutter(Consumer<Received> out, String expectedFirst, DocumentReader... readers) {
        this.out = out;
        this.readers = readers.clone();
        this.expected =
                Arrays.stream(readers).map(each -> each.beginning().expected()).collect(Collectors.joining(", or "));
        this.expectedFirst = expectedFirst.isEmpty() ? expected : expectedFirst;
        this.reader = readers[0];
        this.junk = new Junk(reader.format(), expected);
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        return switch (state) {
            case BETWEEN -> between(in, from, to);
            case SKIP -> skip(in, from, to);
            case PACKET, DROP -> packet(in, from, to);
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
        int held = junk.heldBytes();
        for (DocumentReader each : readers) {
            held += each.heldBytes();
        }
        return held;
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (state == State.PACKET) {
            out.accept(reader.incomplete(reason, why));
        }
        junk.end(0).ifPresent(out);
        clearSearch();
        state = State.BETWEEN;
    }

    @Override
    public void end(String why) {
        if (state == State.PACKET && reader.isWholeAtEnd()) {
            out.accept(reader.whole());
            state = State.BETWEEN;
        }
        giveUp(RejectReason.INCOMPLETE, why);
    }

    private int between(byte[] in, int at, int to) {
        int next = at;
        while (next < to && reader.beginning().isBetween(in[next])) {
            next++;
        }
        if (next == to) {
            return to;
        }
        for (DocumentReader each : readers) {
            if (each.beginning().begins(in[next])) {
                begin(each);
                return next;
            }
        }
        beginSkip();
        begun++;
        return next;
    }

    private void begin(DocumentReader next) {
        begun++;
        reader = next;
        reader.begin();
        state = State.PACKET;
    }

    /** Begins the next packet with bytes that were already read as part of other bytes. */
    private void beginWith(DocumentReader next, byte[] beginning) {
        begin(next);
        cutAll(beginning, 0, beginning.length);
    }

    private void beginSkip() {
        junk = new Junk(reader.format(), begun == 0 ? expectedFirst : expected);
        junk.begin();
        state = State.SKIP;
    }

    private int skip(byte[] in, int at, int to) {
        int next = isSearchEmpty() ? nextFirst(in, at, to) : at;
        int end = Math.min(next + 1, to);
        junk.add(in, at, end).ifPresent(out);
        if (next < to) {
            search(in[next]);
        }
        return end;
    }

    private boolean isSearchEmpty() {
        for (DocumentReader each : readers) {
            if (!each.beginning().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private int nextFirst(byte[] in, int at, int to) {
        char first = readers[0].beginning().first();
        return ByteScan.indexOf(
                in, at, to, first, readers[readers.length - 1].beginning().first());
    }

    private void search(byte b) {
        for (DocumentReader each : readers) {
            each.beginning().appendOrStartOver(b);
        }
        for (DocumentReader each : readers) {
            if (each.beginning().isComplete()) {
                byte[] beginning = each.beginning().bytes();
                clearSearch();
                junk.end(beginning.length).ifPresent(out);
                beginWith(each, beginning);
                return;
            }
        }
    }

    private void clearSearch() {
        for (DocumentReader each : readers) {
            each.beginning().clear();
        }
    }

    private int packet(byte[] in, int at, int to) {
        int next = reader.take(in, at, to);
        switch (reader.end()) {
            case NONE -> {}
            case WHOLE -> {
                if (state == State.PACKET) {
                    out.accept(reader.whole());
                }
                state = State.BETWEEN;
            }
            case NEXT_PACKET -> {
                byte[] beginning = reader.takeBack();
                out.accept(reader.incomplete(RejectReason.INCOMPLETE, "next packet begins"));
                beginWith(reader, beginning);
            }
            case TOO_LONG -> {
                out.accept(reader.tooLong());
                state = reader.isDropping() ? State.DROP : State.SKIP;
            }
            case NO_PACKET -> {
                byte[] all = reader.takeBack();
                beginSkip();
                junk.add(all, 0, all.length).ifPresent(out);
            }
        }
        return next;
    }
}
