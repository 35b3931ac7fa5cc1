package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;

/**
 * Reads one XML packet after the other, each up to the end tag of its root. {@link XmlMarkup} says what the document's bytes
 * are, {@link XmlImageText} takes the images' text, {@link XmlRoot} knows where the packet ends, and {@link PacketDraft} keeps
 * what is read. Where packets begin is for {@link XmlPacketCutter}. Not thread-safe.
 */
final class XmlPacketReader {

    private static final byte[] IMAGE_NAME = "base64data".getBytes(US_ASCII);

    private final PacketLimits limits;
    private final PacketDraft draft;
    private final XmlMarkup markup = new XmlMarkup();
    private final XmlImageText image;
    private final XmlRoot root = new XmlRoot();

    private boolean inImageText;
    private XmlPacketEnd end = XmlPacketEnd.NONE;
    private String problem = "";

    /** Where, in the piece at hand, the bytes begin that are not yet in the document. */
    private int uncopied;

    XmlPacketReader(String format, PacketLimits limits) {
        this.limits = limits;
        this.draft = new PacketDraft(format);
        this.image = new XmlImageText(draft);
    }

    /** Begins a packet: its {@code <} is the next byte. */
    void begin() {
        draft.reset();
        markup.reset();
        root.clear();
        inImageText = false;
    }

    /**
     * Takes bytes up to the packet's end, if it is there.
     *
     * @return where it stopped
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
            } else if (inImageText) {
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

    /** How the packet ended with the bytes taken last. */
    XmlPacketEnd end() {
        return end;
    }

    /** The packet, which is whole. */
    Received whole() {
        return draft.complete();
    }

    /** The packet, given up for exceeding a cap. */
    RejectedPacket tooLong() {
        return reject(RejectReason.TOO_LONG, problem);
    }

    /** The packet, given up before its end. */
    RejectedPacket incomplete(RejectReason reason, String why) {
        return reject(reason, why + " after " + draft.length() + " bytes (expected: " + root.missing() + ")");
    }

    private RejectedPacket reject(RejectReason reason, String detail) {
        if (inImageText) {
            image.giveUp();
        }
        return draft.reject(reason, detail);
    }

    /** The bytes that begin the next packet, which are taken out of this one. */
    byte[] nextPacket() {
        byte[] beginning = inImageText ? image.nextPacket() : draft.takeBack(markup.length());
        draft.uncount(beginning.length);
        if (inImageText) {
            image.begin(false);
        }
        return beginning;
    }

    /** All that was taken, if it is no packet. */
    byte[] noPacket() {
        byte[] all = draft.takeBack(draft.documentLength());
        draft.reset();
        return all;
    }

    /** Bytes of memory held. */
    int heldBytes() {
        return draft.heldBytes();
    }

    private void tooLong(String what, int limit) {
        problem = what + ": > " + limit + " (expected: <= " + limit + ")";
        end = XmlPacketEnd.TOO_LONG;
    }

    private void copy(byte[] in, int to) {
        if (!inImageText && to > uncopied) {
            draft.document(in, uncopied, to);
        }
        uncopied = to;
    }

    private int imageText(byte[] in, int at, int to) {
        int next = image.take(in, at, to);
        uncopied = next;
        if (image.isAtNextPacket()) {
            end = XmlPacketEnd.NEXT_PACKET;
        } else if (next < to && image.isAtMarkup(in[next])) {
            markup.reset();
            inImageText = false;
        }
        return next;
    }

    private int document(byte[] in, int at, int to) {
        int next = at;
        XmlMarkup.Event event = XmlMarkup.Event.NONE;
        while (next < to && event == XmlMarkup.Event.NONE) {
            event = markup.take(in[next++]);
        }
        copy(in, next);
        switch (event) {
            case START_TAG -> startTag();
            case EMPTY_TAG -> emptyTag();
            case END_TAG -> endTag();
            case CDATA_BEGIN -> imageTextGoesOn(true);
            case OTHER -> imageTextGoesOn(false);
            case NO_MARKUP -> noMarkup();
            case XML_DECLARATION -> xmlDeclaration();
            case NEXT_PACKET -> end = XmlPacketEnd.NEXT_PACKET;
            case DOCUMENT_TYPE -> {
                draft.forbid();
                imageTextGoesOn(false);
            }
            case BROKEN_TAG -> {
                return next - brokenTag();
            }
            case NONE -> {}
        }
        return next;
    }

    private void imageTextGoesOn(boolean inCdata) {
        if (draft.inImage()) {
            image.begin(inCdata);
            inImageText = true;
        }
    }

    private void startTag() {
        byte[] tag = draft.lastBytes(markup.length());
        if (root.isKnown() && root.beginsNextPacket(markup.name(), tag, draft.inImage())) {
            end = XmlPacketEnd.NEXT_PACKET;
            return;
        }
        if (!root.isKnown() && markup.name().isCut()) {
            problem = "root element name: > 64 bytes (expected: <= 64)";
            end = XmlPacketEnd.TOO_LONG;
            return;
        }
        root.startTag(markup.name(), tag);
        draft.endImage();
        if (!markup.name().endsWith(IMAGE_NAME)) {
            return;
        }
        if (draft.imageCount() == limits.maxImages()) {
            tooLong("images in a packet", limits.maxImages());
        } else {
            draft.beginImage();
            imageTextGoesOn(false);
        }
    }

    private void emptyTag() {
        draft.endImage();
        if (!root.isKnown()) {
            end = XmlPacketEnd.WHOLE;
        }
    }

    private void endTag() {
        draft.endImage();
        if (!root.isKnown()) {
            end = XmlPacketEnd.NO_PACKET;
        } else if (root.endsWith(markup.name())) {
            end = XmlPacketEnd.WHOLE;
        }
    }

    private void noMarkup() {
        if (root.isKnown()) {
            imageTextGoesOn(false);
        } else {
            end = XmlPacketEnd.NO_PACKET;
        }
    }

    /** It stands at the beginning of a packet and nowhere else. */
    private void xmlDeclaration() {
        if (draft.documentLength() > markup.length()) {
            end = XmlPacketEnd.NEXT_PACKET;
        }
    }

    /** A tag before the root has no end. Returns how many bytes are to be read once more, by whoever reads what follows. */
    private int brokenTag() {
        if (root.isKnown()) {
            return 0;
        }
        if (draft.documentLength() > 2) {
            end = XmlPacketEnd.NEXT_PACKET;
            return 0;
        }
        draft.takeBack(1);
        end = XmlPacketEnd.NO_PACKET;
        return 1;
    }
}
