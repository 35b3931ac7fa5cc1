package io.framegate.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes, for people, bytes that arrived in place of a picture. Guesses their kind by the first bytes only.
 * Stateless.
 */
public final class NoPicture {

    /** The first bytes of a kind of file, where {@code ?} is any byte, and the name of the kind. */
    private record Kind(byte[] beginning, String name) {
        Kind(String beginning, String name) {
            this(Bytes.latin1(beginning), name);
        }

        boolean begins(byte[] bytes, int from) {
            for (int i = 0; i < beginning.length; i++) {
                if (from + i >= bytes.length || (beginning[i] != '?' && beginning[i] != lowerCase(bytes[from + i]))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The first match counts. Letters are lower case here and are compared without case. */
    private static final List<Kind> KINDS = List.of(
            new Kind("%pdf-", "PDF"),
            new Kind("????ftypqt  ", "MOV film"),
            new Kind("????ftyp", "MP4 film"),
            new Kind("riff????avi ", "AVI film"),
            new Kind("riff????wave", "WAV sound"),
            new Kind("\u001Ae\u00DF\u00A3", "Matroska or WebM film"),
            new Kind("\0\0\0\u0001", "H.264 or H.265 video"),
            new Kind("dhav", "DHAV video"),
            new Kind("pk\u0003\u0004", "ZIP"),
            new Kind("\u001F\u008B", "gzip"),
            new Kind("8bps", "Photoshop file"),
            new Kind("\0\0\u0001\0", "ICO"),
            new Kind("/9j/", "base64 text of a JPEG"),
            new Kind("ivbor", "base64 text of a PNG"),
            new Kind("data:", "data URL"),
            new Kind("<!doctype html", "HTML"),
            new Kind("<html", "HTML"),
            new Kind("<svg", "SVG"),
            new Kind("<", "XML"),
            new Kind("{", "JSON"),
            new Kind("[{", "JSON"));

    private NoPicture() {}

    /** A sentence with the length, the kind if it is known, and the formats that are expected. */
    public static String describe(byte[] bytes) {
        String name = name(bytes);
        return "image of " + bytes.length + " bytes" + (name == null ? "" : ", " + name) + " (expected: "
                + ImageFormat.titles() + ")";
    }

    private static @Nullable String name(byte[] bytes) {
        ImageFormat format = ImageFormat.of(bytes);
        if (format != null) {
            return format.title() + " without a size in its header";
        }
        int from = 0;
        while (from < bytes.length && isBeforeText(bytes[from])) {
            from++;
        }
        for (Kind kind : KINDS) {
            if (kind.begins(bytes, 0) || kind.begins(bytes, from)) {
                return kind.name();
            }
        }
        return null;
    }

    /** White space, or part of a byte order mark. */
    private static boolean isBeforeText(byte b) {
        return b == ' '
                || b == '\n'
                || b == '\r'
                || b == '\t'
                || b == (byte) 0xEF
                || b == (byte) 0xBB
                || b == (byte) 0xBF;
    }

    private static byte lowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }
}
