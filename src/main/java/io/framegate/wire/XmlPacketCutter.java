package io.framegate.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts XML packets from a stream in one pass and takes the base64 images out on the way.
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
 * <p>A packet ends with the end tag of its root, whatever the root's name is. Comments, CDATA, attributes and nested
 * elements of the root's name do not end it. Nothing else of the markup has to be right: well-formedness is for the
 * reader behind. Every byte is looked at once, in whatever pieces it arrives, and the result does not depend on the
 * pieces.
 *
 * <p>What cannot be a packet is skipped up to the next beginning of one ({@link RestartMarker}) and handed on as
 * rejected; so is a packet inside which the next one begins.
 *
 * <p>Holds at most {@link XmlLimits#maxPacketLength()} bytes. Not thread-safe.
 */
final class XmlPacketCutter {

    private enum State {
        BETWEEN,
        SKIP,
        TEXT,
        IMAGE_TEXT,
        IMAGE_CDATA,
        IMAGE_CDATA_END,
        IMAGE_SUSPECT,
        MARKUP,
        DECLARATION,
        TARGET,
        INSTRUCTION,
        COMMENT,
        CDATA,
        DOCTYPE,
        START_TAG,
        TAG,
        END_TAG;

        boolean inPacket() {
            return compareTo(SKIP) > 0;
        }

        /** Whether bytes in this state belong to the document, not to an image's text. */
        boolean inDocument() {
            return this == TEXT || compareTo(MARKUP) >= 0;
        }
    }

    private static final byte[] IMAGE_NAME = "base64data".getBytes(US_ASCII);
    private static final byte[] COMMENT_BEGIN = "--".getBytes(US_ASCII);
    private static final byte[] CDATA_BEGIN = "[CDATA[".getBytes(US_ASCII);
    private static final byte[] CDATA_END = "]]>".getBytes(US_ASCII);
    private static final byte[] XML_TARGET = "xml".getBytes(US_ASCII);
    private static final byte[] DECLARATION_BEGIN = "<?xml".getBytes(US_ASCII);

    private final XmlLimits limits;
    private final Consumer<Received> out;
    private final PacketDraft draft;
    private final Junk junk;
    private final RestartMarker restart = new RestartMarker();
    private final TagName root = new TagName();
    private final TagName name = new TagName();

    private State state = State.BETWEEN;
    private long begun;
    private int rootDepth;
    private int markups;
    private int matched;
    private byte quote;
    private boolean selfClosing;

    /** Where, in the piece at hand, the bytes begin that are not yet counted and not yet in the document. */
    private int uncounted;

    private int uncopied;

    XmlPacketCutter(String format, XmlLimits limits, Consumer<Received> out) {
        this.limits = limits;
        this.out = out;
        this.draft = new PacketDraft(format);
        this.junk = new Junk(format);
    }

    /** Takes the next piece of the stream: all readable bytes of a buffer that has an array. */
    void cut(ByteBuf piece) {
        byte[] in = piece.array();
        int at = piece.arrayOffset() + piece.readerIndex();
        int to = at + piece.readableBytes();
        uncounted = at;
        uncopied = at;
        while (at < to) {
            at = switch (state) {
                case BETWEEN -> between(in, at, to);
                case SKIP -> skip(piece, in, at, to);
                default -> packet(piece, in, at, to);
            };
        }
        if (state.inPacket()) {
            take(in, to);
        }
        piece.skipBytes(piece.readableBytes());
    }

    /** Whether a packet, or the search for the next one, has begun and not ended. */
    boolean midPacket() {
        return state != State.BETWEEN;
    }

    /** How many times a packet, or the search for the next one, has begun. */
    long begun() {
        return begun;
    }

    /** Bytes of memory held for what has begun. */
    int heldBytes() {
        return draft.heldBytes() + junk.length();
    }

    /** Gives up what has begun and not ended, and hands it on as rejected. */
    void giveUp(RejectReason reason, String why) {
        if (state.inPacket()) {
            String missing = root.isEmpty() ? "a root element" : "</" + root + ">";
            out.accept(draft.reject(reason, why + " after " + draft.length() + " bytes (expected: " + missing + ")"));
        }
        junk.end(0).ifPresent(out);
        draft.reset();
        state = State.BETWEEN;
    }

    private int between(byte[] in, int at, int to) {
        int next = at;
        while (next < to && isBetweenPackets(in[next])) {
            next++;
        }
        if (next < to && in[next] == '<') {
            begin(next);
        } else if (next < to) {
            begun++;
            junk.begin();
            state = State.SKIP;
        }
        return next;
    }

    /** White space, the bytes of a byte order mark, and the NUL that some senders put behind a packet. */
    static boolean isBetweenPackets(byte b) {
        return Base64Text.isWhiteSpace(b) || b == 0 || b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    }

    private void begin(int at) {
        begun++;
        draft.reset();
        root.clear();
        rootDepth = 0;
        markups = 0;
        uncounted = at;
        uncopied = at;
        state = State.TEXT;
    }

    private int skip(ByteBuf piece, byte[] in, int at, int to) {
        int next = restart.pending() > 0 ? at : indexOf(piece, at, to, (byte) '<');
        int end = Math.min(next + 1, to);
        junk.add(in, at, end).ifPresent(out);
        if (next < to && restart.completedBy(in[next])) {
            byte[] beginning = restart.beginning();
            junk.end(beginning.length).ifPresent(out);
            begin(end);
            resume(beginning);
        }
        return end;
    }

    /** Goes on inside the first markup of a packet that was found by its beginning. */
    private void resume(byte[] beginning) {
        draft.received(beginning, 0, beginning.length);
        draft.document(beginning, 0, beginning.length);
        markups = 1;
        name.clear();
        matched = 0;
        if (beginning[1] == '?') {
            state = State.INSTRUCTION;
        } else {
            for (int i = 1; i < beginning.length; i++) {
                name.add(beginning[i]);
            }
            state = State.START_TAG;
        }
    }

    /** The next packet begins inside this one, whose end was lost. */
    private void restartWith(byte[] beginning, byte[] in, int at) {
        take(in, at);
        giveUp(RejectReason.INCOMPLETE, "next packet begins");
        begin(at);
        resume(beginning);
    }

    private int packet(ByteBuf piece, byte[] in, int at, int to) {
        int packetEnd = uncounted + limits.maxPacketLength() - draft.length();
        int documentEnd = state.inDocument() ? uncopied + limits.maxDocumentLength() - draft.documentLength() : to;
        if (at >= packetEnd || at >= documentEnd) {
            take(in, at);
            tooLong(
                    at >= packetEnd ? "packet length" : "packet length without images",
                    at >= packetEnd ? limits.maxPacketLength() : limits.maxDocumentLength());
            return at;
        }
        return switch (state) {
            case IMAGE_TEXT -> imageText(piece, in, at, Math.min(to, packetEnd));
            case IMAGE_CDATA -> imageCdata(piece, in, at, Math.min(to, packetEnd));
            case IMAGE_CDATA_END -> imageCdataEnd(in, at);
            case IMAGE_SUSPECT -> imageSuspect(in, at);
            default -> {
                markup(in[at], in, at + 1);
                yield at + 1;
            }
        };
    }

    private void tooLong(String what, int limit) {
        out.accept(draft.reject(RejectReason.TOO_LONG, what + ": > " + limit + " (expected: <= " + limit + ")"));
        draft.reset();
        state = State.SKIP;
    }

    private int imageText(ByteBuf piece, byte[] in, int at, int end) {
        int next = indexOf(piece, at, end, (byte) '<');
        draft.imageText(in, at, next);
        uncopied = next;
        if (next < end) {
            state = State.MARKUP;
            markups++;
            return next + 1;
        }
        return next;
    }

    private int imageCdata(ByteBuf piece, byte[] in, int at, int end) {
        int bracket = indexOf(piece, at, end, (byte) ']');
        int next = draft.imageText(in, at, bracket);
        if (next == end) {
            return end;
        }
        name.clear();
        if (next < bracket) {
            // A '<': the end of this packet was lost, or the text is damaged.
            state = State.IMAGE_SUSPECT;
            return next;
        }
        state = State.IMAGE_CDATA_END;
        name.add(in[next]);
        return next + 1;
    }

    private int imageCdataEnd(byte[] in, int at) {
        name.add(in[at]);
        if (name.is(CDATA_END)) {
            draft.document(CDATA_END, 0, CDATA_END.length);
            uncopied = at + 1;
            state = State.IMAGE_TEXT;
        } else if (!name.isPrefixOf(CDATA_END)) {
            draft.damagedImageText(Arrays.copyOf(name.toBytes(), CDATA_END.length - 1));
            state = State.IMAGE_CDATA;
            return at;
        }
        return at + 1;
    }

    private int imageSuspect(byte[] in, int at) {
        if (!name.isEmpty() && in[at] == '<') {
            endSuspicion();
            return at;
        }
        if (restart.completedBy(in[at])) {
            restartWith(restart.beginning(), in, at + 1);
            return at + 1;
        }
        if (restart.pending() == 0) {
            endSuspicion();
            return at;
        }
        name.add(in[at]);
        return at + 1;
    }

    private void endSuspicion() {
        draft.damagedImageText(name.toBytes());
        name.clear();
        state = State.IMAGE_CDATA;
    }

    /** Takes one byte of the document; {@code next} is where the byte behind it stands. */
    private void markup(byte b, byte[] in, int next) {
        switch (state) {
            case TEXT -> text(b);
            case MARKUP -> markupBegin(b, in, next);
            case DECLARATION -> declaration(b, in, next);
            case TARGET -> target(b, in, next);
            case INSTRUCTION -> endOn(b, '?', 1, in, next);
            case COMMENT -> endOn(b, '-', 2, in, next);
            case CDATA -> endOn(b, ']', 2, in, next);
            case DOCTYPE -> doctype(b, in, next);
            case START_TAG -> startTag(b, in, next);
            case TAG -> tag(b, in, next);
            case END_TAG -> endTag(b, in, next);
            default -> throw new IllegalStateException(state.name());
        }
    }

    private void text(byte b) {
        if (b == '<') {
            state = State.MARKUP;
            markups++;
        }
    }

    private void markupBegin(byte b, byte[] in, int next) {
        name.clear();
        matched = 0;
        quote = 0;
        switch (b) {
            case '!' -> state = State.DECLARATION;
            case '?' -> state = State.TARGET;
            case '/' -> state = State.END_TAG;
            default -> {
                if (isNameStart(b)) {
                    name.add(b);
                    state = State.START_TAG;
                } else if (b != '<') {
                    textGoesOn(in, next);
                }
            }
        }
    }

    private static boolean isNameStart(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == ':' || b < 0;
    }

    private void textGoesOn(byte[] in, int next) {
        if (draft.inImage()) {
            copy(in, next);
            state = State.IMAGE_TEXT;
        } else {
            state = State.TEXT;
        }
    }

    private void declaration(byte b, byte[] in, int next) {
        name.add(b);
        if (name.is(COMMENT_BEGIN)) {
            state = State.COMMENT;
        } else if (name.is(CDATA_BEGIN)) {
            copy(in, next);
            state = draft.inImage() ? State.IMAGE_CDATA : State.CDATA;
        } else if (!name.isPrefixOf(COMMENT_BEGIN) && !name.isPrefixOf(CDATA_BEGIN)) {
            draft.forbid();
            state = State.DOCTYPE;
            doctype(b, in, next);
        }
    }

    /** The internal subset nests in brackets and declarations; {@code matched} counts how deep. */
    private void doctype(byte b, byte[] in, int next) {
        if (quote != 0) {
            quote = b == quote ? 0 : quote;
        } else if (b == '"' || b == '\'') {
            quote = b;
        } else if (b == '[' || b == '<') {
            matched++;
        } else if (b == '>' && matched == 0) {
            textGoesOn(in, next);
        } else if (b == ']' || b == '>') {
            matched--;
        }
    }

    private void target(byte b, byte[] in, int next) {
        if (!Base64Text.isWhiteSpace(b) && b != '?' && b != '>') {
            name.add(b);
        } else if (name.is(XML_TARGET) && markups > 1) {
            // A declaration stands at the beginning of a packet and nowhere else.
            restartWith(DECLARATION_BEGIN, in, next - 1);
            endOn(b, '?', 1, in, next);
        } else {
            state = State.INSTRUCTION;
            endOn(b, '?', 1, in, next);
        }
    }

    private void endOn(byte b, char fill, int count, byte[] in, int next) {
        if (b == fill) {
            matched = Math.min(matched + 1, count);
        } else if (b == '>' && matched == count) {
            textGoesOn(in, next);
        } else {
            matched = 0;
        }
    }

    private void startTag(byte b, byte[] in, int next) {
        if (!Base64Text.isWhiteSpace(b) && b != '/' && b != '>' && b != '<') {
            name.add(b);
            return;
        }
        if (draft.inImage() && name.is(root)) {
            byte[] beginning = new byte[name.toBytes().length + 1];
            beginning[0] = '<';
            System.arraycopy(name.toBytes(), 0, beginning, 1, beginning.length - 1);
            restartWith(beginning, in, next - 1);
        }
        selfClosing = false;
        quote = 0;
        state = State.TAG;
        tag(b, in, next);
    }

    private void tag(byte b, byte[] in, int next) {
        if (b == '<') {
            // Not even an attribute may hold it, so whatever quotes are open were never closed.
            state = State.MARKUP;
            markups++;
        } else if (quote != 0) {
            quote = b == quote ? 0 : quote;
        } else if (b == '"' || b == '\'') {
            quote = b;
            selfClosing = false;
        } else if (b == '>') {
            elementBegins(in, next);
        } else {
            selfClosing = b == '/';
        }
    }

    private void elementBegins(byte[] in, int next) {
        draft.endImage();
        if (root.isEmpty()) {
            root.set(name);
        }
        if (name.is(root) && !selfClosing) {
            rootDepth++;
        }
        if (rootDepth == 0) {
            complete(in, next);
        } else if (!name.endsWith(IMAGE_NAME) || selfClosing) {
            state = State.TEXT;
        } else if (draft.imageCount() == limits.maxImages()) {
            take(in, next);
            tooLong("images in a packet", limits.maxImages());
        } else {
            copy(in, next);
            draft.beginImage();
            state = State.IMAGE_TEXT;
        }
    }

    private void endTag(byte b, byte[] in, int next) {
        if (b == '<') {
            state = State.MARKUP;
        } else if (b != '>') {
            if (!Base64Text.isWhiteSpace(b)) {
                name.add(b);
            }
        } else {
            draft.endImage();
            state = State.TEXT;
            if (name.is(root) && --rootDepth == 0) {
                complete(in, next);
            }
        }
    }

    private void complete(byte[] in, int next) {
        take(in, next);
        out.accept(draft.complete());
        draft.reset();
        state = State.BETWEEN;
    }

    /** Counts and copies up to here what belongs to the packet. */
    private void take(byte[] in, int to) {
        draft.received(in, uncounted, to);
        uncounted = to;
        if (state.inDocument()) {
            copy(in, to);
        }
    }

    private void copy(byte[] in, int to) {
        draft.document(in, uncopied, to);
        uncopied = to;
    }

    /** Index in the array of the first such byte, or {@code to}; many bytes at a time. */
    private static int indexOf(ByteBuf piece, int from, int to, byte value) {
        int offset = piece.arrayOffset();
        int index = piece.indexOf(from - offset, to - offset, value);
        return index < 0 ? to : index + offset;
    }
}
