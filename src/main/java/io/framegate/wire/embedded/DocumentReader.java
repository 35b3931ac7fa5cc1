package io.framegate.wire.embedded;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;

/**
 * Reads the documents of one language, one after the other, for a {@link DocumentCutter}. Enforces the limits and
 * collects the packet in a {@link PacketDraft}.
 *
 * <p>Holds at most {@link PacketLimits#maxPacketLength()} bytes. Not thread-safe.
 */
public abstract class DocumentReader {

    protected final PacketDraft draft;

    private final String format;
    private final PacketLimits limits;
    private DocumentEnd end = DocumentEnd.NONE;
    private String problem = "";

    /** Index, in the current piece, of the first byte that is not yet in the draft's document. */
    private int uncopied;

    /**
     * Creates a reader.
     *
     * @param format the format's name in packets and rejects
     */
    protected DocumentReader(String format, PacketLimits limits) {
        this.format = format;
        this.limits = limits;
        this.draft = new PacketDraft(format, limits);
    }

    final String format() {
        return format;
    }

    /** The beginning of documents of this language. */
    protected abstract DocumentBeginning beginning();

    /** Begins a document. The next byte is its first one. */
    protected abstract void begin();

    /** Whether the next bytes belong to an image. They count under the limit of the packet, not of the document. */
    protected abstract boolean isInPicture();

    /** Reads some bytes of the document or of an image; returns the index of the first byte that was not read. */
    protected abstract int read(byte[] in, int at, int to);

    /** Passes on the bytes of an image that have arrived. */
    protected void flushPicture() {}

    /**
     * Whether this reader reads and drops the rest of a document that was too long. Otherwise the end of that document
     * is not known.
     */
    protected boolean isDropping() {
        return false;
    }

    /**
     * Reads bytes up to the end of the document or of the piece; {@link #end()} tells which.
     *
     * @return the index of the first byte that was not read
     */
    final int take(byte[] in, int from, int to) {
        end = DocumentEnd.NONE;
        uncopied = from;
        int at = from;
        while (at < to && end == DocumentEnd.NONE) {
            int packetLeft = limits.maxPacketLength() - draft.length() - (at - from);
            int documentLeft = limits.maxDocumentLength() - draft.documentLength() - (at - uncopied);
            if (isDropping()) {
                at = read(in, at, to);
            } else if (packetLeft <= 0) {
                tooLong("packet length", limits.maxPacketLength());
            } else if (isInPicture()) {
                at = read(in, at, at + Math.min(to - at, packetLeft));
            } else if (documentLeft <= 0) {
                tooLong("packet length without images", limits.maxDocumentLength());
            } else {
                at = read(in, at, at + Math.min(to - at, Math.min(packetLeft, documentLeft)));
            }
        }
        if (!isDropping()) {
            copy(in, at);
            draft.received(in, from, at);
        }
        return at;
    }

    /** The end of the document in the bytes that {@link #take} read last. */
    protected final DocumentEnd end() {
        return end;
    }

    protected final void end(DocumentEnd how) {
        end = how;
    }

    protected final void tooLong(String what, int limit) {
        tooLong(what + ": > " + limit + " (expected: <= " + limit + ")");
    }

    protected final void tooLong(String detail) {
        problem = detail;
        end = DocumentEnd.TOO_LONG;
    }

    /** Whether one more image is within the limit. Otherwise the packet is too long. */
    protected final boolean hasRoomForImage() {
        if (draft.isFull()) {
            tooLong("images in a packet", limits.maxImages());
        }
        return end != DocumentEnd.TOO_LONG;
    }

    /** Copies the bytes that were read to the document, or passes on the bytes of an image that have arrived. */
    protected final void copy(byte[] in, int to) {
        if (isInPicture()) {
            flushPicture();
        } else if (to > uncopied) {
            draft.document(in, uncopied, to);
        }
        uncopied = to;
    }

    /** Omits the bytes before this index from the document. */
    protected final void leaveOut(int to) {
        uncopied = to;
    }

    /** The packet, after {@link DocumentEnd#WHOLE}. */
    protected Received whole() {
        return draft.complete();
    }

    /** The reject of the packet, after {@link DocumentEnd#TOO_LONG}. */
    final RejectedPacket tooLong() {
        return reject(RejectReason.TOO_LONG, problem);
    }

    /** The reject of a packet without its end. */
    final RejectedPacket incomplete(RejectReason reason, String why) {
        return reject(reason, why + " after " + draft.length() + " bytes (expected: " + missing() + ")");
    }

    /** The missing end, for the detail of a reject. */
    protected abstract String missing();

    /** The reject of the packet so far. */
    protected abstract RejectedPacket reject(RejectReason reason, String detail);

    /** Whether the packet is whole if its sender has ended the stream. */
    protected boolean isWholeAtEnd() {
        return false;
    }

    /**
     * After {@link DocumentEnd#NEXT_PACKET}, removes the beginning of the next packet from this one and returns it.
     * After {@link DocumentEnd#NO_PACKET}, drops the packet and returns all of its bytes.
     */
    protected abstract byte[] takeBack();

    /** Bytes of memory held. */
    protected int heldBytes() {
        return draft.heldBytes();
    }
}
