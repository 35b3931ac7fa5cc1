package io.framegate.wire.json;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.ByteScan;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.embedded.PacketDraft;
import io.framegate.wire.embedded.PictureText;

/**
 * Reads JSON documents, one after the other, each up to the bracket that closes it ({@link JsonStructure}). Takes out
 * each string that begins as a picture, at any key and depth. Not thread-safe.
 */
final class JsonPacketReader {

    private enum State {
        /** Outside of strings. */
        STRUCTURE,
        STRING,
        ESCAPE
    }

    private final PacketLimits limits;
    private final PacketDraft draft;
    private final JsonStructure structure = new JsonStructure();
    private final PictureText text = new PictureText();
    private final JsonPictureText picture;
    private final JsonEscape escape = new JsonEscape();

    private State state = State.STRUCTURE;
    private boolean inPicture;
    private boolean ended;
    private boolean dropping;
    private String problem = "";

    /** Index, in the current piece, of the first byte that is not yet in the draft's document. */
    private int uncopied;

    JsonPacketReader(String format, PacketLimits limits, boolean spaceIsPlus) {
        this.limits = limits;
        this.draft = new PacketDraft(format, limits);
        this.picture = new JsonPictureText(draft, spaceIsPlus);
    }

    /** Begins a document after these bytes, which are part of the packet. The next byte is its bracket. */
    void begin(byte[] label, int length) {
        draft.reset();
        draft.received(label, 0, length);
        text.end();
        state = State.STRUCTURE;
        structure.begin();
        inPicture = false;
        dropping = false;
        problem = "";
    }

    /**
     * Reads bytes up to the end of the document, to its {@link #problem()}, or to the end of the piece.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int from, int to) {
        ended = false;
        uncopied = from;
        int at = from;
        while (at < to && !ended && (problem.isEmpty() || dropping)) {
            int packetLeft = limits.maxPacketLength() - draft.length() - (at - from);
            int documentLeft = limits.maxDocumentLength() - draft.documentLength() - (at - uncopied);
            if (dropping) {
                at = read(in, at, to);
            } else if (packetLeft <= 0) {
                tooLong("packet length", limits.maxPacketLength());
            } else if (inPicture) {
                at = read(in, at, at + Math.min(to - at, packetLeft));
            } else if (documentLeft <= 0) {
                tooLong("packet length without images", limits.maxDocumentLength());
            } else {
                at = read(in, at, at + Math.min(to - at, Math.min(packetLeft, documentLeft)));
            }
        }
        if (!dropping) {
            flush(in, at);
            draft.received(in, from, at);
        }
        return at;
    }

    /** Whether the last byte that was read closed the document. */
    boolean isEnded() {
        return ended;
    }

    /** The limit that was exceeded, or an empty text. */
    String problem() {
        return problem;
    }

    /** Whether the document may be whole although brackets are open: no string is. */
    boolean isOutsideStrings() {
        return !dropping && state != State.STRING && state != State.ESCAPE;
    }

    /** The packet. */
    Received whole() {
        picture.clear();
        return draft.complete();
    }

    /** The packet, after a {@link #problem()}. Reads the rest of the document and drops it. */
    RejectedPacket tooLong() {
        RejectedPacket rejected = draft.reject(RejectReason.TOO_LONG, problem);
        dropping = true;
        inPicture = false;
        text.end();
        picture.clear();
        return rejected;
    }

    /** The packet, if its end does not come. */
    RejectedPacket incomplete(RejectReason reason, String why) {
        if (inPicture && state == State.ESCAPE) {
            draft.damagedImageText(escape.sent());
        }
        picture.clear();
        return draft.reject(reason, why + " after " + draft.length() + " bytes (expected: } or ])");
    }

    int heldBytes() {
        return draft.heldBytes() + picture.heldBytes();
    }

    private void tooLong(String what, int limit) {
        problem = what + ": > " + limit + " (expected: <= " + limit + ")";
    }

    /** Copies what was read to the document, or passes on what was read of the picture. */
    private void flush(byte[] in, int to) {
        if (inPicture) {
            picture.flush();
        } else if (to > uncopied) {
            draft.document(in, uncopied, to);
        }
        uncopied = to;
    }

    private int read(byte[] in, int at, int to) {
        return switch (state) {
            case STRING -> text.isUndecided() ? undecided(in, at) : string(in, at, to);
            case ESCAPE -> escape(in, at);
            default -> structure(in, at, to);
        };
    }

    private int structure(byte[] in, int at, int to) {
        int next = structure.take(in, at, to);
        ended = structure.isEnded();
        if (structure.isAtString()) {
            state = State.STRING;
            if (!dropping) {
                text.begin();
            }
        }
        return next;
    }

    /** Reads a character that may be the beginning of a picture. */
    private int undecided(byte[] in, int at) {
        byte b = in[at];
        if (b == '\\') {
            escape.begin();
            state = State.ESCAPE;
            return at + 1;
        }
        if (b == structure.quote()) {
            text.end();
            state = State.STRUCTURE;
            return at + 1;
        }
        decide(in, at + 1, b, 1);
        return at + 1;
    }

    private void decide(byte[] in, int next, byte b, int sent) {
        // Before the picture a space is a space.
        byte meant = text.sentLength() > 0 ? picture.meant(b) : b;
        if (text.take(meant, sent) != PictureText.Verdict.YES) {
            return;
        }
        flush(in, next);
        if (draft.isFull()) {
            tooLong("images in a packet", limits.maxImages());
        } else {
            draft.beginPicture(text);
            inPicture = true;
        }
    }

    private int string(byte[] in, int at, int to) {
        int next = ByteScan.indexOf(in, at, to, structure.quote(), '\\');
        if (inPicture) {
            picture.append(in, at, next);
            uncopied = next;
        }
        if (next == to) {
            return next;
        }
        if (in[next] == '\\') {
            escape.begin();
            state = State.ESCAPE;
            return next + 1;
        }
        if (inPicture) {
            picture.flush();
            draft.endImage();
            inPicture = false;
        }
        state = State.STRUCTURE;
        return next + 1;
    }

    private int escape(byte[] in, int at) {
        boolean taken = escape.take(in[at]);
        int next = taken ? at + 1 : at;
        if (taken && !escape.isComplete()) {
            return next;
        }
        state = State.STRING;
        int character = escape.character();
        byte[] sent = escape.sent();
        if (inPicture && character >= 0) {
            picture.append((byte) character);
        } else if (inPicture) {
            picture.append(sent, 0, sent.length);
        } else if (text.isUndecided()) {
            decide(in, next, (byte) character, sent.length);
        }
        return next;
    }
}
