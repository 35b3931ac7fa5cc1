package io.framegate.wire.xml;

import java.util.Arrays;

/** The root element of a packet: its end tag ends the packet, and its start tag, if it comes once more, begins the next. */
final class XmlRoot {

    /** A start tag longer than this is not compared with. */
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

    /** Takes a start tag of the packet: the first one is the root's. */
    void startTag(TagName started, byte[] startTag) {
        if (depth == 0) {
            name.set(started);
            depth = 1;
            // Without attributes it is no mark to know the next packet by.
            tag = startTag.length > name.length() + 2 && startTag.length <= MAX_TAG ? startTag : NONE;
        } else if (started.is(name)) {
            depth++;
        }
    }

    /** Takes an end tag; whether the packet ends with it. */
    boolean endsWith(TagName ended) {
        return ended.is(name) && --depth == 0;
    }

    /**
     * Whether a start tag inside the packet begins the next one, because the end of this one was lost: no image has a root in it,
     * and an element of the root's name has not all its attributes, too.
     */
    boolean beginsNextPacket(TagName started, byte[] startTag, boolean inImage) {
        return inImage
                ? started.is(name) || RestartMarker.isRoot(started)
                : tag != NONE && Arrays.equals(tag, startTag);
    }

    /** What is to come, for people. */
    String missing() {
        return isKnown() ? "</" + name + ">" : "a root element";
    }
}
