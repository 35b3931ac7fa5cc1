package io.framegate.wire.http;

import io.framegate.wire.Padding;
import io.framegate.wire.PictureStart;
import io.framegate.wire.WireFormat.Match;
import java.util.Arrays;
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
    static final int ENOUGH = PictureStart.ENOUGH;

    /** The kind of a whole body or part. */
    static BodyKind of(byte[] bytes, boolean calledPicture) {
        BodyKind kind = guess(bytes, padding(bytes, calledPicture), bytes.length, calledPicture);
        return kind == null ? OTHER : kind;
    }

    private static int padding(byte[] bytes, boolean calledPicture) {
        int first = 0;
        while (isPadding(bytes, first, bytes.length, calledPicture)) {
            first++;
        }
        return first;
    }

    /** A picture without the padding and the fill bytes before it; other bytes unchanged. */
    static byte[] withoutPadding(byte[] bytes, boolean calledPicture) {
        if (of(bytes, calledPicture) != PICTURE) {
            return bytes;
        }
        int first = padding(bytes, calledPicture);
        first += PictureStart.fillBytes(bytes, first, bytes.length);
        return first == 0 ? bytes : Arrays.copyOfRange(bytes, first, bytes.length);
    }

    /**
     * Whether the byte at {@code from} is padding. A NUL also begins some pictures, so it is not padding while the
     * bytes up to {@code to} may be a picture.
     */
    static boolean isPadding(byte[] bytes, int from, int to, boolean calledPicture) {
        if (from == to || !Padding.isBetweenPackets(bytes[from])) {
            return false;
        }
        return PictureStart.match(bytes, from, to, calledPicture) == Match.NO;
    }

    /**
     * The kind of a body that begins with these bytes, or null if more bytes are needed.
     *
     * @param calledPicture whether the sender calls it a picture; only then do the two letters {@code BM} alone mean a
     *     BMP
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
        if (bytes[from] == '-') {
            return to - from == 1 ? null : bytes[from + 1] == '-' ? MULTIPART : OTHER;
        }
        // No text begins with FF, so bytes that begin like a JPEG XL codestream are one, even if the sender does not
        // call them a picture.
        return switch (PictureStart.match(bytes, from, to, calledPicture || bytes[from] == (byte) 0xFF)) {
            case YES -> PICTURE;
            case MORE -> null;
            case NO -> OTHER;
        };
    }
}
