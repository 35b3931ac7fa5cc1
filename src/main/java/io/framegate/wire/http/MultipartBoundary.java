package io.framegate.wire.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recognises the boundary lines of a multipart body. The boundary is learnt from the body, because many requests name a
 * wrong boundary or none:
 *
 * <pre>
 * name      learnt from                boundary lines
 * abc       --abc                      --abc, --abc--
 * --abc     --abc                      --abc, --abc--       the name includes the hyphens
 * any       --xyz, the first line      --xyz, --xyz--       the body overrides the name
 * </pre>
 *
 * <p>Some senders write no line end before a boundary. {@link #matchEnd} recognises it at the end of a line that begins
 * with data.
 *
 * <p>Limit: 200 characters. Not thread-safe.
 */
final class MultipartBoundary {

    static final int MAX_LENGTH = 200;

    /** The kind of a line. */
    enum Line {
        NONE,
        BOUNDARY,
        /** The boundary after the last part. */
        LAST
    }

    private static final byte[] CLOSING = {'-', '-'};

    private final String named;
    private final byte[] ofHead;
    private byte[] delimiter = {};

    /**
     * Creates a boundary that is not known yet.
     *
     * @param named the boundary that the request's head names, or an empty text
     */
    MultipartBoundary(String named) {
        this.named = named.length() > MAX_LENGTH ? "" : named;
        ofHead = this.named.isEmpty() ? new byte[0] : latin1(named.startsWith("--") ? named : "--" + named);
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

    /**
     * Compares the end of a line with the boundary. Two hyphens may follow the boundary.
     *
     * @param from the index before which no boundary begins
     */
    Line matchEnd(MultipartLine line, int from, DataEnd.Source body) {
        byte[] likely = likely();
        int length = likely.length;
        int end = line.begin() + line.length();
        int begin = end - length - CLOSING.length;
        if (length == 0 || line.isBlank() || begin < from) {
            return Line.NONE;
        }
        if (line.lastByte() != '-' && line.lastByte() != likely[length - 1]) {
            return Line.NONE;
        }
        byte[] bytes = body.copy(begin, end);
        if (Arrays.equals(bytes, 0, length, likely, 0, length) && bytes[length] == '-' && bytes[length + 1] == '-') {
            return Line.LAST;
        }
        return Arrays.equals(bytes, CLOSING.length, bytes.length, likely, 0, length) ? Line.BOUNDARY : Line.NONE;
    }

    /** The number of bytes of a boundary at the end of a line. */
    int length(Line kind) {
        return likely().length + (kind == Line.LAST ? CLOSING.length : 0);
    }

    /** The learnt boundary, or the one that the head names if none was learnt yet. */
    private byte[] likely() {
        return isKnown() ? delimiter : ofHead;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
