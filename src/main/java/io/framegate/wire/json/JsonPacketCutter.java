package io.framegate.wire.json;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.Junk;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Padding;
import java.util.function.Consumer;

/**
 * Cuts JSON documents from a stream in one pass and takes the base64 pictures out of them.
 *
 * <pre>
 * BEFORE                                                       AFTER
 * +------------------------------+----+-----------------+      +----------------+----------------+
 * | {"plate": "M AB 1",          | LF | {"plate": ...   | ---&gt; | Packet         | (next packet   |
 * |  "image": "/9j/4AAQ..."}     |    |                 |      |  document 2 KB |  not complete) |
 * +------------------------------+----+-----------------+      |  images        |                |
 *                                                              +----------------+----------------+
 * </pre>
 *
 * <p>A document is an object or an array, and ends with the bracket that closes it. It need not be well-formed beyond
 * its strings and comments. White space, commas, and the marks of {@code #name#{...}$$} may stand between documents;
 * other bytes are rejected and skipped up to the next <code>{"</code>. Each byte is read once, and the result does not
 * depend on the pieces in which the bytes arrive. {@link JsonPacketReader} reads a document.
 *
 * <p>Holds at most {@link PacketLimits#maxPacketLength()} bytes. Not thread-safe.
 */
public final class JsonPacketCutter implements FrameCutter {

    private enum State {
        /** After a document, or at the beginning of the stream. */
        BETWEEN,
        /** In a name before a document. */
        LABEL,
        /** In bytes that are no document. */
        SKIP,
        PACKET,
        /** In the rest of a document that was too long. */
        DROP
    }

    private static final int MAX_BEGINNING = 64;
    private static final byte RECORD_SEPARATOR = 0x1E;

    private final Consumer<Received> out;
    private final JsonPacketReader reader;
    private final Junk junk;
    private final JsonLabel label = new JsonLabel();
    private final byte[] beginning = new byte[MAX_BEGINNING];

    private State state = State.BETWEEN;
    private int beginningLength;
    private long begun;

    public JsonPacketCutter(String format, PacketLimits limits, Consumer<Received> out) {
        this(format, limits, out, false);
    }

    /**
     * Creates a cutter.
     *
     * @param spaceIsPlus whether a space in a picture was a plus, as in the fields of a form
     */
    public JsonPacketCutter(String format, PacketLimits limits, Consumer<Received> out, boolean spaceIsPlus) {
        this.out = out;
        this.reader = new JsonPacketReader(format, limits, spaceIsPlus);
        this.junk = new Junk(format, "{ or [ of a JSON document");
    }

    @Override
    public int cut(byte[] in, int from, int to) {
        return switch (state) {
            case BETWEEN -> between(in, from, to);
            case LABEL -> label(in, from);
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
        return reader.heldBytes() + junk.heldBytes();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (state == State.PACKET) {
            out.accept(reader.incomplete(reason, why));
        } else if (state == State.LABEL) {
            noLabel();
        }
        junk.end(0).ifPresent(out);
        beginningLength = 0;
        state = State.BETWEEN;
    }

    /** A document whose last brackets are missing is whole if no string is open: it will be read leniently. */
    @Override
    public void end(String why) {
        if (state == State.PACKET && reader.isOutsideStrings()) {
            out.accept(reader.whole());
            state = State.BETWEEN;
        }
        giveUp(RejectReason.INCOMPLETE, why);
    }

    private static boolean isBetweenDocuments(byte b) {
        return Padding.isBetweenPackets(b) || b == ',' || b == '$' || b == RECORD_SEPARATOR;
    }

    private int between(byte[] in, int at, int to) {
        int next = at;
        while (next < to && isBetweenDocuments(in[next])) {
            next++;
        }
        if (next == to) {
            return next;
        }
        begun++;
        if (in[next] == '{' || in[next] == '[') {
            reader.begin(label.bytes(), 0);
            state = State.PACKET;
        } else if (in[next] == '#') {
            label.begin();
            state = State.LABEL;
            next++;
        } else {
            junk.begin();
            state = State.SKIP;
        }
        return next;
    }

    private int label(byte[] in, int at) {
        byte b = in[at];
        if (label.isClosed() && (b == '{' || b == '[')) {
            reader.begin(label.bytes(), label.length());
            state = State.PACKET;
            return at;
        }
        if (label.take(b)) {
            return at + 1;
        }
        noLabel();
        return at;
    }

    private void noLabel() {
        junk.begin();
        junk.add(label.bytes(), 0, label.length()).ifPresent(out);
        state = State.SKIP;
    }

    private int skip(byte[] in, int at, int to) {
        int next = at;
        while (next < to && state == State.SKIP) {
            byte b = in[next];
            boolean space = Padding.isWhiteSpace(b) && beginningLength > 0 && beginningLength < MAX_BEGINNING;
            if (b == '{') {
                beginningLength = 0;
            } else if (!space && !(b == '"' && beginningLength > 0)) {
                beginningLength = 0;
                next++;
                continue;
            }
            junk.add(in, at, next).ifPresent(out);
            return beginning(in, next);
        }
        junk.add(in, at, next).ifPresent(out);
        return next;
    }

    /** Collects the bracket, white space and quote of a document. */
    private int beginning(byte[] in, int at) {
        junk.add(in, at, at + 1).ifPresent(out);
        if (beginningLength < MAX_BEGINNING) {
            beginning[beginningLength++] = in[at];
        }
        if (in[at] == '"') {
            junk.end(beginningLength).ifPresent(out);
            int length = beginningLength;
            beginningLength = 0;
            begun++;
            reader.begin(label.bytes(), 0);
            state = State.PACKET;
            cutAll(beginning, 0, length);
        }
        return at + 1;
    }

    private int packet(byte[] in, int at, int to) {
        int next = reader.take(in, at, to);
        if (state == State.DROP) {
            state = reader.isEnded() ? State.BETWEEN : State.DROP;
        } else if (!reader.problem().isEmpty()) {
            out.accept(reader.tooLong());
            state = State.DROP;
        } else if (reader.isEnded()) {
            out.accept(reader.whole());
            state = State.BETWEEN;
        }
        return next;
    }
}
