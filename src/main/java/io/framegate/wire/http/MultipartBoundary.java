package io.framegate.wire.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recognises the boundary lines of a multipart body. The boundary is learnt from the body, because many requests name a
 * wrong one or none:
 *
 * <pre>
 * name      learnt from                boundary lines
 * abc       --abc                      --abc, --abc--
 * --abc     --abc                      --abc, --abc--       the name includes the hyphens
 * any       --xyz, the first line      --xyz, --xyz--       the body counts more than the name
 * </pre>
 *
 * <p>Limit: 200 characters. Not thread-safe.
 */
final class MultipartBoundary {

    static final int MAX_LENGTH = 200;

    /** What a line is. */
    enum Line {
        NONE,
        BOUNDARY,
        /** The boundary after the last part. */
        LAST
    }

    private final String named;
    private byte[] delimiter = {};

    /**
     * Creates a boundary that is not known yet.
     *
     * @param named the boundary that the request's head names, or an empty text
     */
    MultipartBoundary(String named) {
        this.named = named.length() > MAX_LENGTH ? "" : named;
    }

    boolean isKnown() {
        return delimiter.length > 0;
    }

    /** Learns the boundary from a line, given without its line end, if the line can be one. */
    void learn(byte[] body, int from, int to) {
        int length = Math.min(to - from, MAX_LENGTH + 4);
        String text = new String(body, from, length, StandardCharsets.ISO_8859_1);
        boolean first = from == 0 && text.startsWith("--") && text.length() > 2;
        if (!named.isEmpty() && (text.equals("--" + named) || text.equals("--" + named + "--"))) {
            delimiter = latin1("--" + named);
        } else if (named.startsWith("--") && (text.equals(named) || text.equals(named + "--"))) {
            delimiter = latin1(named);
        } else if (first && text.length() <= MAX_LENGTH + 2) {
            delimiter = latin1(text);
        }
    }

    /** Compares a line, given without its line end, with the boundary. */
    Line match(byte[] body, int from, int to) {
        int length = to - from;
        int end = from + delimiter.length;
        if (!isKnown() || (length != delimiter.length && length != delimiter.length + 2)) {
            return Line.NONE;
        }
        if (!Arrays.equals(body, from, end, delimiter, 0, delimiter.length)) {
            return Line.NONE;
        }
        if (end == to) {
            return Line.BOUNDARY;
        }
        return body[end] == '-' && body[end + 1] == '-' ? Line.LAST : Line.NONE;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
