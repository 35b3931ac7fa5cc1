package io.framegate.wire.json;

import io.framegate.wire.embedded.PacketDraft;

/**
 * Passes on the text of a picture in a string, without escapes. Joins the short pieces between escapes, because some
 * senders escape every slash, and base64 is decoded fast in long pieces only. Not thread-safe.
 */
final class JsonPictureText {

    private static final byte[] NONE = {};
    private static final int CAPACITY = 4 << 10;
    private static final int LONG = 1 << 10;

    private final PacketDraft draft;
    private final boolean spaceIsPlus;
    private byte[] joined = NONE;
    private int length;

    /**
     * Creates a text.
     *
     * @param spaceIsPlus whether a space stands for a plus, which a form turns into a space
     */
    JsonPictureText(PacketDraft draft, boolean spaceIsPlus) {
        this.draft = draft;
        this.spaceIsPlus = spaceIsPlus;
    }

    /** The character that this byte of a picture means. */
    byte meant(byte b) {
        return spaceIsPlus && b == ' ' ? (byte) '+' : b;
    }

    void append(byte[] in, int from, int to) {
        if (!spaceIsPlus && to - from >= LONG) {
            flush();
            draft.imageText(in, from, to);
            return;
        }
        for (int at = from; at < to; at++) {
            append(in[at]);
        }
    }

    void append(byte b) {
        if (joined.length == 0) {
            joined = new byte[CAPACITY];
        }
        if (length == CAPACITY) {
            flush();
        }
        joined[length++] = meant(b);
    }

    /** Passes on the joined pieces. */
    void flush() {
        draft.imageText(joined, 0, length);
        length = 0;
    }

    /** Frees the memory. */
    void clear() {
        joined = NONE;
        length = 0;
    }

    int heldBytes() {
        return joined.length;
    }
}
