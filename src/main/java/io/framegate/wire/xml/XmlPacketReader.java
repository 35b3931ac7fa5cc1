package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.embedded.PacketDraft;

/**
 * Reads XML packets, one after the other, each up to its {@link XmlPacketEnd}. Passes the text of images to
 * {@link XmlPictures} and all other bytes to {@link XmlMarkup}, and collects the packet in a {@link PacketDraft}. Not
 * thread-safe.
 */
final class XmlPacketReader {

    private static final byte[] IMAGE_NAME = "base64data".getBytes(US_ASCII);

    private final PacketLimits limits;
    private final PacketDraft draft;
    private final XmlMarkup markup = new XmlMarkup();
    private final XmlPictures pictures;
    private final XmlRoot root = new XmlRoot();

    private XmlPacketEnd end = XmlPacketEnd.NONE;
    private String problem = "";

    /** Index, in the current piece, of the first byte that is not yet in the draft's document. */
    private int uncopied;

    XmlPacketReader(String format, PacketLimits limits) {
        this.limits = limits;
        this.draft = new PacketDraft(format, limits);
        this.pictures = new XmlPictures(draft, markup);
    }

    /** Begins a packet. The next byte is its {@code <}. */
    void begin() {
        draft.reset();
        markup.reset();
        root.clear();
        pictures.begin();
    }

    /**
     * Reads bytes up to the end of the packet or of the piece; {@link #end()} tells which.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int from, int to) {
        end = XmlPacketEnd.NONE;
        uncopied = from;
        int at = from;
        while (at < to && end == XmlPacketEnd.NONE) {
            int packetLeft = limits.maxPacketLength() - draft.length() - (at - from);
            int documentLeft = limits.maxDocumentLength() - draft.documentLength() - (at - uncopied);
            if (packetLeft <= 0) {
                tooLong("packet length", limits.maxPacketLength());
            } else if (pictures.isInText()) {
                at = imageText(in, at, at + Math.min(to - at, packetLeft));
            } else if (documentLeft <= 0) {
                tooLong("packet length without images", limits.maxDocumentLength());
            } else {
                at = document(in, at, at + Math.min(to - at, Math.min(packetLeft, documentLeft)));
            }
        }
        copy(in, at);
        draft.received(in, from, at);
        return at;
    }

    /** How the packet ended in the bytes that {@link #take} read last. */
    XmlPacketEnd end() {
        return end;
    }

    /** The packet, after {@link XmlPacketEnd#WHOLE}. */
    Received whole() {
        return draft.complete();
    }

    /** The packet, after {@link XmlPacketEnd#TOO_LONG}. */
    RejectedPacket tooLong() {
        return reject(RejectReason.TOO_LONG, problem);
    }

    /** The packet, if its end does not come. */
    RejectedPacket incomplete(RejectReason reason, String why) {
        return reject(reason, why + " after " + draft.length() + " bytes (expected: " + root.missing() + ")");
    }

    private RejectedPacket reject(RejectReason reason, String detail) {
        pictures.giveUp();
        return draft.reject(reason, detail);
    }

    /**
     * After {@link XmlPacketEnd#NEXT_PACKET}: removes the beginning of the next packet from this one and returns it.
     */
    byte[] nextPacket() {
        return pictures.isInText() ? pictures.nextPacket() : draft.takeBack(markup.length());
    }

    /** After {@link XmlPacketEnd#NO_PACKET}: all bytes that were read. */
    byte[] noPacket() {
        byte[] all = draft.takeBack(draft.documentLength());
        draft.reset();
        return all;
    }

    int heldBytes() {
        return draft.heldBytes();
    }

    private void tooLong(String what, int limit) {
        problem = what + ": > " + limit + " (expected: <= " + limit + ")";
        end = XmlPacketEnd.TOO_LONG;
    }

    private void copy(byte[] in, int to) {
        if (!pictures.isInText() && to > uncopied) {
            draft.document(in, uncopied, to);
        }
        uncopied = to;
    }

    private int imageText(byte[] in, int at, int to) {
        uncopied = pictures.take(in, at, to);
        if (pictures.isAtNextPacket()) {
            end = XmlPacketEnd.NEXT_PACKET;
        }
        return uncopied;
    }

    private int document(byte[] in, int at, int to) {
        int next = at;
        XmlMarkup.Event event = XmlMarkup.Event.NONE;
        boolean picture = false;
        while (next < to && event == XmlMarkup.Event.NONE && !picture) {
            byte b = in[next++];
            event = markup.take(b);
            picture = pictures.isAtPicture(b);
        }
        copy(in, next);
        if (picture) {
            picture();
        }
        return event == XmlMarkup.Event.BROKEN_TAG ? brokenTag(next) : after(event, next);
    }

    private int after(XmlMarkup.Event event, int next) {
        switch (event) {
            case START_TAG -> startTag();
            case EMPTY_TAG -> {
                draft.endImage();
                end = root.emptyTag();
            }
            case END_TAG -> {
                draft.endImage();
                end = root.endTag(markup.name());
            }
            case VALUE_BEGIN -> pictures.beginText(false);
            case CDATA_BEGIN -> {
                pictures.beginText(true);
                pictures.continueText(true);
            }
            case OTHER -> pictures.continueText(false);
            case NO_MARKUP -> {
                end = root.noMarkup();
                pictures.continueText(false);
            }
            case XML_DECLARATION -> xmlDeclaration();
            case NEXT_PACKET -> end = XmlPacketEnd.NEXT_PACKET;
            case DOCUMENT_TYPE -> {
                draft.forbid();
                pictures.continueText(false);
            }
            case BROKEN_TAG, NONE -> {}
        }
        return next;
    }

    private void picture() {
        if (draft.isFull()) {
            tooLong("images in a packet", limits.maxImages());
        } else {
            pictures.beginPicture();
        }
    }

    private void startTag() {
        end = root.startTag(markup.name(), draft.lastBytes(markup.length()), draft.inImage());
        if (end == XmlPacketEnd.TOO_LONG) {
            problem = "root element name: > 64 bytes (expected: <= 64)";
        }
        if (end != XmlPacketEnd.NONE) {
            return;
        }
        draft.endImage();
        if (!markup.name().endsWith(IMAGE_NAME)) {
            pictures.beginText(false);
            return;
        }
        if (draft.isFull()) {
            tooLong("images in a packet", limits.maxImages());
        } else {
            draft.beginImage();
            pictures.continueText(false);
        }
    }

    /** An XML declaration anywhere but at the beginning of a packet begins the next one. */
    private void xmlDeclaration() {
        if (draft.documentLength() > markup.length()) {
            end = XmlPacketEnd.NEXT_PACKET;
        }
    }

    /**
     * A tag that ends with the {@code <} of the next one. Before the root, that {@code <} may begin the next packet.
     */
    private int brokenTag(int next) {
        if (root.isKnown()) {
            return next;
        }
        if (draft.documentLength() > 2) {
            end = XmlPacketEnd.NEXT_PACKET;
            return next;
        }
        // Of two "<" the first is junk, and the second is read again.
        draft.takeBack(1);
        end = XmlPacketEnd.NO_PACKET;
        return next - 1;
    }
}
