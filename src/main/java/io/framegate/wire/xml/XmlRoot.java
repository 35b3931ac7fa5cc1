package io.framegate.wire.xml;

import io.framegate.wire.embedded.DocumentEnd;
import java.util.Arrays;

/**
 * The root element of a packet, which decides where the packet ends: at the root's end tag. A second start tag of the
 * root begins the next packet, because the end of this one was lost.
 */
final class XmlRoot {

    /** A longer start tag of the root is not recognised again. */
    private static final int MAX_TAG = 512;

    private static final byte[] NONE = {};

    private final TagName name = new TagName();
    private byte[] tag = NONE;
    private int depth;

    void clear() {
        name.clear();
        tag = NONE;
        depth = 0;
    }

    /** Whether the root's start tag was read. */
    boolean isKnown() {
        return depth > 0;
    }

    /** Reads a start tag; the first one belongs to the root. */
    DocumentEnd startTag(TagName started, byte[] startTag, boolean inImage) {
        if (depth == 0) {
            return rootTag(started, startTag);
        }
        if (beginsNextPacket(started, startTag, inImage)) {
            return DocumentEnd.NEXT_PACKET;
        }
        if (started.is(name)) {
            depth++;
        }
        return DocumentEnd.NONE;
    }

    private DocumentEnd rootTag(TagName started, byte[] startTag) {
        if (started.isCut()) {
            return DocumentEnd.TOO_LONG;
        }
        name.set(started);
        depth = 1;
        // A tag without attributes may also be that of an element inside the packet.
        tag = startTag.length > name.length() + 2 && startTag.length <= MAX_TAG ? startTag : NONE;
        return DocumentEnd.NONE;
    }

    /** An image contains no root. Elsewhere, an element may have the root's name, but not all of its attributes too. */
    private boolean beginsNextPacket(TagName started, byte[] startTag, boolean inImage) {
        return inImage
                ? started.is(name) || PacketBeginning.isRootName(started)
                : tag != NONE && Arrays.equals(tag, startTag);
    }

    /** Reads an empty-element tag. */
    DocumentEnd emptyTag() {
        return isKnown() ? DocumentEnd.NONE : DocumentEnd.WHOLE;
    }

    /** Reads an end tag. */
    DocumentEnd endTag(TagName ended) {
        if (!isKnown()) {
            return DocumentEnd.NO_PACKET;
        }
        return ended.is(name) && --depth == 0 ? DocumentEnd.WHOLE : DocumentEnd.NONE;
    }

    /** Reads a {@code <} that begins no markup. */
    DocumentEnd noMarkup() {
        return isKnown() ? DocumentEnd.NONE : DocumentEnd.NO_PACKET;
    }

    /** The missing markup, for the detail of a reject. */
    String missing() {
        return isKnown() ? "</" + name + ">" : "a root element";
    }
}
