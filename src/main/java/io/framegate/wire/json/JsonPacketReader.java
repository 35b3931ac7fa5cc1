package io.framegate.wire.json;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.ByteScan;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.embedded.DocumentBeginning;
import io.framegate.wire.embedded.DocumentEnd;
import io.framegate.wire.embedded.DocumentReader;
import io.framegate.wire.embedded.PictureText;

/**
 * Reads JSON documents, one after the other. Takes out each string that begins as a picture, at any key and depth.
 *
 * <p>A document is an object or an array, and ends with the bracket that closes it ({@link JsonStructure}). It need not
 * be well-formed beyond its strings and comments. A name in number signs may stand before it ({@link JsonLabel}).
 *
 * <p>Holds at most {@link PacketLimits#maxPacketLength()} bytes. Not thread-safe.
 */
public final class JsonPacketReader extends DocumentReader {

    private enum State {
        /** In a name before the document. */
        LABEL,
        /** Outside of strings. */
        STRUCTURE,
        STRING,
        ESCAPE
    }

    private final JsonStructure structure = new JsonStructure();
    private final JsonBeginning beginning = new JsonBeginning();
    private final JsonLabel label = new JsonLabel();
    private final PictureText text = new PictureText();
    private final JsonPictureText picture;
    private final JsonEscape escape = new JsonEscape();

    private State state = State.LABEL;
    private boolean inPicture;
    private boolean dropping;

    public JsonPacketReader(String format, PacketLimits limits) {
        this(format, limits, false);
    }

    /**
     * Creates a reader.
     *
     * @param spaceIsPlus whether a space in a picture stands for a plus, as in the fields of a form
     */
    public JsonPacketReader(String format, PacketLimits limits, boolean spaceIsPlus) {
        super(format, limits);
        this.picture = new JsonPictureText(draft, spaceIsPlus);
    }

    @Override
    protected DocumentBeginning beginning() {
        return beginning;
    }

    @Override
    protected void begin() {
        draft.reset();
        label.clear();
        text.end();
        state = State.LABEL;
        structure.begin();
        inPicture = false;
        dropping = false;
    }

    @Override
    protected boolean isInPicture() {
        return inPicture;
    }

    @Override
    protected boolean isDropping() {
        return dropping;
    }

    @Override
    protected void flushPicture() {
        picture.flush();
    }

    @Override
    protected Received whole() {
        picture.clear();
        return super.whole();
    }

    @Override
    protected String missing() {
        return "} or ]";
    }

    /** The rest of a document that was too long is read and dropped. */
    @Override
    protected RejectedPacket reject(RejectReason reason, String detail) {
        if (state == State.LABEL) {
            draft.document(label.bytes(), 0, label.bytes().length);
        }
        if (inPicture && state == State.ESCAPE) {
            draft.damagedImageText(escape.sent());
        }
        dropping = true;
        inPicture = false;
        text.end();
        picture.clear();
        return draft.reject(reason, detail);
    }

    /** A document whose last brackets are missing is whole if no string is open: it will be read leniently. */
    @Override
    protected boolean isWholeAtEnd() {
        return state == State.STRUCTURE;
    }

    @Override
    protected byte[] takeBack() {
        draft.reset();
        return label.bytes();
    }

    @Override
    protected int heldBytes() {
        return super.heldBytes() + picture.heldBytes();
    }

    @Override
    protected int read(byte[] in, int at, int to) {
        return switch (state) {
            case STRING -> text.isUndecided() ? undecided(in, at) : string(in, at, to);
            case ESCAPE -> escape(in, at);
            case STRUCTURE -> structure(in, at, to);
            case LABEL -> label(in, at);
        };
    }

    /** Reads a byte before the document, which is part of the packet. */
    private int label(byte[] in, int at) {
        if (label.isComplete() && JsonBeginning.isBracket(in[at])) {
            state = State.STRUCTURE;
            return at;
        }
        if (!label.take(in[at])) {
            end(DocumentEnd.NO_PACKET);
            return at;
        }
        leaveOut(at + 1);
        return at + 1;
    }

    private int structure(byte[] in, int at, int to) {
        int next = structure.take(in, at, to);
        if (structure.isEnded()) {
            end(DocumentEnd.WHOLE);
        }
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
        // Before the picture, a space stays a space.
        byte meant = text.sentLength() > 0 ? picture.meant(b) : b;
        if (text.take(meant, sent) != PictureText.Verdict.YES) {
            return;
        }
        copy(in, next);
        if (hasRoomForImage()) {
            draft.beginPicture(text);
            inPicture = true;
        }
    }

    private int string(byte[] in, int at, int to) {
        int next = ByteScan.indexOf(in, at, to, structure.quote(), '\\');
        if (inPicture) {
            picture.append(in, at, next);
            leaveOut(next);
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
