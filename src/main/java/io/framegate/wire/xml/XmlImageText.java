package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.wire.ByteScan;
import io.framegate.wire.embedded.PacketDraft;
import java.util.Arrays;

/**
 * Reads the text of an image, in an element, in CDATA or in an attribute. The text is nearly all of a packet, so whole
 * pieces are read at once: one search for the end of the text, one decoding, one update of each hash.
 *
 * <p>Base64 has no {@code <}. In CDATA or in an attribute it means that the text is damaged, or that the end of this
 * packet was lost and the next one begins. Not thread-safe.
 */
final class XmlImageText {

    private enum State {
        /** In text up to the next markup. */
        PLAIN,
        CDATA,
        /** In an attribute up to its quote. */
        ATTRIBUTE,
        /** After one or two closing brackets. */
        CDATA_END,
        /** After a {@code <} in CDATA or in an attribute. */
        SUSPECT
    }

    private static final byte[] CDATA_END = "]]>".getBytes(US_ASCII);

    private final PacketDraft draft;
    private final PacketBeginning suspect = new PacketBeginning();
    private State state = State.PLAIN;
    private State afterSuspect = State.CDATA;
    private int brackets;
    private char quote = '"';

    XmlImageText(PacketDraft draft) {
        this.draft = draft;
    }

    /** Begins to read text, at the beginning of the element or after markup in it. */
    void begin(boolean inCdata) {
        state = inCdata ? State.CDATA : State.PLAIN;
        brackets = 0;
        suspect.clear();
    }

    /** Begins to read the value of an attribute. */
    void beginAttribute(byte quotedBy) {
        begin(false);
        state = State.ATTRIBUTE;
        quote = (char) quotedBy;
    }

    /**
     * Reads text, up to {@code to} at most.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int at, int to) {
        return switch (state) {
            case PLAIN -> plain(in, at, to);
            case CDATA -> cdata(in, at, to);
            case ATTRIBUTE -> attribute(in, at, to);
            case CDATA_END -> cdataEnd(in, at);
            case SUSPECT -> suspect(in, at);
        };
    }

    /** Whether markup begins or continues with the next byte. */
    boolean isAtMarkup(byte next) {
        return (state == State.PLAIN && next == '<') || isAtQuote(next);
    }

    /** Whether the value of an attribute ends with the next byte. */
    boolean isAtQuote(byte next) {
        return state == State.ATTRIBUTE && next == quote;
    }

    /** Whether the bytes that were read last begin the next packet. */
    boolean isAtNextPacket() {
        return state == State.SUSPECT && suspect.isComplete();
    }

    /** The beginning of the next packet. */
    byte[] nextPacket() {
        return suspect.bytes();
    }

    /** Appends the bytes that were held back to the draft, because the packet is rejected. */
    void giveUp() {
        damagedBrackets(brackets);
        damaged();
    }

    private int plain(byte[] in, int at, int to) {
        int next = ByteScan.indexOf(in, at, to, '<', '<');
        draft.imageText(in, at, next);
        return next;
    }

    private int cdata(byte[] in, int at, int to) {
        int next = ByteScan.indexOf(in, at, to, ']', '<');
        draft.imageText(in, at, next);
        if (next < to) {
            afterSuspect = State.CDATA;
            state = in[next] == '<' ? State.SUSPECT : State.CDATA_END;
        }
        return next;
    }

    private int attribute(byte[] in, int at, int to) {
        int next = ByteScan.indexOf(in, at, to, quote, '<');
        draft.imageText(in, at, next);
        if (next < to && in[next] == '<') {
            afterSuspect = State.ATTRIBUTE;
            state = State.SUSPECT;
        }
        return next;
    }

    private int cdataEnd(byte[] in, int at) {
        if (in[at] == ']' && brackets < 2) {
            brackets++;
        } else if (in[at] == ']') {
            damagedBrackets(1);
            brackets = 2;
        } else if (in[at] == '>' && brackets == 2) {
            draft.document(CDATA_END, 0, CDATA_END.length);
            begin(false);
        } else {
            damagedBrackets(brackets);
            state = State.CDATA;
            return at;
        }
        return at + 1;
    }

    private void damagedBrackets(int count) {
        draft.damagedImageText(Arrays.copyOf(CDATA_END, count));
        brackets = 0;
    }

    private int suspect(byte[] in, int at) {
        if (suspect.append(in[at])) {
            return at + 1;
        }
        damaged();
        state = afterSuspect;
        return at;
    }

    private void damaged() {
        draft.damagedImageText(suspect.bytes());
        suspect.clear();
    }
}
