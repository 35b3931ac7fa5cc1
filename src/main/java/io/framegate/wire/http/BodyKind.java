package io.framegate.wire.http;

import io.framegate.wire.Padding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a body or of a part, recognised by its first bytes, because its Content-Type is often wrong or missing.
 */
enum BodyKind {
    XML,
    JSON,
    PICTURE,
    MULTIPART,
    /** None of these, or only padding. */
    OTHER;

    /** This number of bytes, after padding, decides every kind. */
    static final int ENOUGH = 4;

    private static final List<byte[]> PICTURES =
            List.of(latin1("\u00ff\u00d8"), latin1("\u0089PNG"), latin1("GIF8"), latin1("RIFF"));

    private static final byte[] BITMAP = latin1("BM");
    private static final byte[] BOUNDARY = latin1("--");

    /** The kind of a whole body or part. */
    static BodyKind of(byte[] bytes, boolean calledPicture) {
        int first = 0;
        while (first < bytes.length && Padding.isBetweenPackets(bytes[first])) {
            first++;
        }
        BodyKind kind = guess(bytes, first, Math.min(bytes.length, first + ENOUGH), calledPicture);
        return kind == null ? OTHER : kind;
    }

    /**
     * The kind of a body that begins with these bytes, or null if more bytes are needed.
     *
     * @param calledPicture whether the sender calls it a picture; only then the two letters {@code BM} mean a BMP
     */
    static @Nullable BodyKind guess(byte[] bytes, int from, int to, boolean calledPicture) {
        if (from == to) {
            return null;
        }
        if (bytes[from] == '<') {
            return XML;
        }
        if (bytes[from] == '{' || bytes[from] == '[') {
            return JSON;
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
