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

    /** Learns the boundary from a line if the line can be one. */
    void learn(MultipartLine line) {
        if (!line.mayBeBoundary()) {
            return;
        }
        String text = new String(line.bytes(), 0, line.length(), StandardCharsets.ISO_8859_1);
        boolean first = line.begin() == 0 && text.startsWith("--") && text.length() > 2;
        if (!named.isEmpty() && (text.equals("--" + named) || text.equals("--" + named + "--"))) {
            delimiter = latin1("--" + named);
        } else if (named.startsWith("--") && (text.equals(named) || text.equals(named + "--"))) {
            delimiter = latin1(named);
        } else if (first && text.length() <= MAX_LENGTH + 2) {
            delimiter = latin1(text);
        }
    }

    /** Compares a line with the boundary. */
    Line match(MultipartLine line) {
        int end = delimiter.length;
        if (!isKnown() || !line.mayBeBoundary() || (line.length() != end && line.length() != end + 2)) {
            return Line.NONE;
        }
        byte[] bytes = line.bytes();
        if (!Arrays.equals(bytes, 0, end, delimiter, 0, end)) {
            return Line.NONE;
        }
        if (line.length() == end) {
            return Line.BOUNDARY;
        }
        return bytes[end] == '-' && bytes[end + 1] == '-' ? Line.LAST : Line.NONE;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
