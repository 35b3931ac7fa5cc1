package io.framegate.wire.http;

import io.framegate.wire.Padding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body, or a part of one, is by its first bytes; what its sender calls it is often wrong or missing. */
enum BodyKind {
    XML,
    JSON,
    PICTURE,
    MULTIPART,
    /** None of these, or nothing but white space. */
    OTHER;

    /** After how many bytes, white space not counted, a kind is certain. */
    static final int ENOUGH = 4;

    private static final List<byte[]> PICTURES =
            List.of(latin1("\u00ff\u00d8"), latin1("\u0089PNG"), latin1("GIF8"), latin1("RIFF"));

    private static final byte[] BITMAP = latin1("BM");
    private static final byte[] BOUNDARY = latin1("--");

    /** The kind of what is all here. */
    static BodyKind of(byte[] bytes, boolean calledPicture) {
        int first = 0;
        while (first < bytes.length && Padding.isBetweenPackets(bytes[first])) {
            first++;
        }
        BodyKind kind = guess(bytes, first, Math.min(bytes.length, first + ENOUGH), calledPicture);
        return kind == null ? OTHER : kind;
    }

    /**
     * The kind of what begins so, or null if more has to be seen.
     *
     * @param calledPicture whether its sender calls it a picture: two letters alone would make a BMP of many a text
     */
    static @Nullable BodyKind guess(byte[] bytes, int from, int to, boolean calledPicture) {
        if (from == to) {
            return null;
        }
        if (bytes[from] == '<' || bytes[from] == '{') {
            return bytes[from] == '<' ? XML : JSON;
        }
        boolean undecided = false;
        for (byte[] beginning : PICTURES) {
            int same = same(beginning, bytes, from, to);
            if (same == beginning.length) {
                return PICTURE;
            }
            undecided |= same == to - from;
        }
        if (calledPicture && same(BITMAP, bytes, from, to) == BITMAP.length) {
            return PICTURE;
        }
        if (same(BOUNDARY, bytes, from, to) == BOUNDARY.length) {
            return MULTIPART;
        }
        undecided |= to - from == 1 && (bytes[from] == '-' || (calledPicture && bytes[from] == 'B'));
        return undecided ? null : OTHER;
    }

    private static int same(byte[] beginning, byte[] bytes, int from, int to) {
        int same = 0;
        while (same < beginning.length && from + same < to && bytes[from + same] == beginning[same]) {
            same++;
        }
        return same;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
