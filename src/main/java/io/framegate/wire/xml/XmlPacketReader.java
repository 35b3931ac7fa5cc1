package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.embedded.DocumentBeginning;
import io.framegate.wire.embedded.DocumentEnd;
import io.framegate.wire.embedded.DocumentReader;

/**
 * Reads XML packets, one after the other. Passes the text of images to {@link XmlPictures} and all other bytes to
 * {@link XmlMarkup}.
 *
 * <p>A packet ends with the end tag of its root, which may have any name. Comments, CDATA, attributes and nested
 * elements of the root's name do not end it. The rest of the markup need not be well-formed. A packet inside which the
 * next one begins is rejected.
 *
 * <p>Holds at most {@link PacketLimits#maxPacketLength()} bytes. Not thread-safe.
 */
public final class XmlPacketReader extends DocumentReader {

    private static final byte[] IMAGE_NAME = "base64data".getBytes(US_ASCII);

    private final XmlMarkup markup = new XmlMarkup();
    private final XmlPictures pictures;
    private final XmlRoot root = new XmlRoot();
    private final PacketBeginning beginning = new PacketBeginning();

    public XmlPacketReader(String format, PacketLimits limits) {
        super(format, limits);
        this.pictures = new XmlPictures(draft, markup);
    }

    @Override
    protected DocumentBeginning beginning() {
        return beginning;
    }

    @Override
    protected void begin() {
        draft.reset();
        markup.reset();
        root.clear();
        pictures.begin();
    }

    @Override
    protected boolean isInPicture() {
        return pictures.isInText();
    }

    @Override
    protected int read(byte[] in, int at, int to) {
        return pictures.isInText() ? imageText(in, at, to) : document(in, at, to);
    }

    @Override
    protected String missing() {
        return root.missing();
    }

    @Override
    protected RejectedPacket reject(RejectReason reason, String detail) {
        pictures.giveUp();
        return draft.reject(reason, detail);
    }

    @Override
    protected byte[] takeBack() {
        if (end() == DocumentEnd.NEXT_PACKET) {
            return pictures.isInText() ? pictures.nextPacket() : draft.takeBack(markup.length());
        }
        byte[] all = draft.takeBack(draft.documentLength());
        draft.reset();
        return all;
    }

    private int imageText(byte[] in, int at, int to) {
        int next = pictures.take(in, at, to);
        leaveOut(next);
        if (pictures.isAtNextPacket()) {
            end(DocumentEnd.NEXT_PACKET);
        }
        return next;
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
                end(root.emptyTag());
            }
            case END_TAG -> {
                draft.endImage();
                end(root.endTag(markup.name()));
            }
            case VALUE_BEGIN -> pictures.beginText(false);
            case CDATA_BEGIN -> {
                pictures.beginText(true);
                pictures.continueText(true);
            }
            case OTHER -> pictures.continueText(false);
            case NO_MARKUP -> {
                end(root.noMarkup());
                pictures.continueText(false);
            }
            case XML_DECLARATION -> xmlDeclaration();
            case NEXT_PACKET -> end(DocumentEnd.NEXT_PACKET);
            case DOCUMENT_TYPE -> {
                draft.forbid();
                pictures.continueText(false);
            }
            case BROKEN_TAG, NONE -> {}
        }
        return next;
    }

    private void picture() {
        if (hasRoomForImage()) {
            pictures.beginPicture();
        }
    }

    private void startTag() {
        end(root.startTag(markup.name(), draft.lastBytes(markup.length()), draft.inImage()));
        if (end() == DocumentEnd.TOO_LONG) {
            tooLong("root element name: > 64 bytes (expected: <= 64)");
        }
        if (end() != DocumentEnd.NONE) {
            return;
        }
        draft.endImage();
        if (!markup.name().endsWith(IMAGE_NAME)) {
            pictures.beginText(false);
            return;
        }
        if (hasRoomForImage()) {
            draft.beginImage();
            pictures.continueText(false);
        }
    }

    /** An XML declaration anywhere but at the beginning of a packet begins the next one. */
    private void xmlDeclaration() {
        if (draft.documentLength() > markup.length()) {
            end(DocumentEnd.NEXT_PACKET);
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
            end(DocumentEnd.NEXT_PACKET);
            return next;
        }
        // The first of two "<" is junk, and the second is read again.
        draft.takeBack(1);
        end(DocumentEnd.NO_PACKET);
        return next - 1;
    }
}
