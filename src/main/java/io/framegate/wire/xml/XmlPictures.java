package io.framegate.wire.xml;

import io.framegate.wire.embedded.PacketDraft;
import io.framegate.wire.embedded.PictureText;

/**
 * Finds the pictures in a packet's texts and attributes. Passes the text of recognised pictures, and of elements that
 * are images by name, to {@link XmlImageText}. Not thread-safe.
 */
final class XmlPictures {

    private final PacketDraft draft;
    private final XmlMarkup markup;
    private final XmlImageText image;
    private final PictureText text = new PictureText();
    private boolean inText;
    private boolean inCdata;

    XmlPictures(PacketDraft draft, XmlMarkup markup) {
        this.draft = draft;
        this.markup = markup;
        this.image = new XmlImageText(draft);
    }

    /** Begins a packet. */
    void begin() {
        text.end();
        inText = false;
    }

    /** Whether the next bytes are the text of an image. */
    boolean isInText() {
        return inText;
    }

    /** Begins a text, or the value of an attribute, that may turn out to be a picture unless it is in an image. */
    void beginText(boolean cdata) {
        inCdata = cdata;
        if (!draft.inImage()) {
            text.begin();
        }
    }

    /** Whether this byte, which the markup has already read, decides that a text is a picture. */
    boolean isAtPicture(byte b) {
        return text.isUndecided() && text.take(b, 1) == PictureText.Verdict.YES;
    }

    /** Begins the image whose first characters are the last ones of the document. */
    void beginPicture() {
        markup.replaced(draft.beginPicture(text));
        if (markup.quote() != 0) {
            image.beginAttribute(markup.quote());
        } else {
            image.begin(inCdata);
        }
        inText = true;
    }

    /** Continues the text of the unfinished image, if there is one, after markup in it. */
    void continueText(boolean cdata) {
        if (draft.inImage()) {
            image.begin(cdata);
            inText = true;
        }
    }

    /**
     * Reads text of an image, up to markup, the quote of the attribute, or {@code to}.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int at, int to) {
        int next = image.take(in, at, to);
        if (next == to || image.isAtNextPacket() || !image.isAtMarkup(in[next])) {
            return next;
        }
        inText = false;
        if (image.isAtQuote(in[next])) {
            draft.endImage();
        } else {
            markup.reset();
        }
        return next;
    }

    /** Whether the bytes that were read last begin the next packet. */
    boolean isAtNextPacket() {
        return inText && image.isAtNextPacket();
    }

    /** Removes the beginning of the next packet from this one and returns it. */
    byte[] nextPacket() {
        byte[] beginning = image.nextPacket();
        image.begin(false);
        draft.uncount(beginning.length);
        return beginning;
    }

    /** Appends the bytes that were held back to the draft, because the packet is rejected. */
    void giveUp() {
        if (inText) {
            image.giveUp();
        }
    }
}
