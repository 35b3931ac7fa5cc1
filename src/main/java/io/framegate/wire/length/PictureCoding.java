package io.framegate.wire.length;

import io.framegate.wire.PictureStart;
import io.framegate.wire.WireFormat.Match;
import java.util.Arrays;
import java.util.Base64;

/** The coding of the picture after a length, decided by its first bytes. */
enum PictureCoding {
    /** The picture itself. */
    RAW,
    /** The picture as base64 text. */
    BASE64,
    /** No known picture begins here. */
    NEITHER,
    /** More bytes are needed to decide. */
    MORE;

    /** This number of bytes decides it: the length of a picture's beginning in base64. */
    static final int ENOUGH = (PictureStart.ENOUGH + 2) / 3 * 4;

    /**
     * The coding of the picture that begins at an index. Weak beginnings count, because a length stands before the
     * picture.
     */
    static PictureCoding of(byte[] bytes, int from, int to) {
        Match raw = PictureStart.match(bytes, from, to, true);
        if (raw == Match.YES) {
            return RAW;
        }
        Match text = text(bytes, from, Math.min(to, from + ENOUGH));
        if (text == Match.YES) {
            return BASE64;
        }
        return raw == Match.MORE || text == Match.MORE ? MORE : NEITHER;
    }

    /** Decides by whole groups, so the result does not depend on the number of bytes that have arrived. */
    private static Match text(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!isText(bytes[at])) {
                return Match.NO;
            }
            int count = at + 1 - from;
            if (count % 4 == 0) {
                byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, at + 1));
                Match match = PictureStart.match(decoded, 0, decoded.length, true);
                if (match != Match.MORE) {
                    return match;
                }
            }
        }
        return Match.MORE;
    }

    /** Whether the byte belongs to the base64 alphabet. */
    private static boolean isText(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '+' || b == '/';
    }
}
