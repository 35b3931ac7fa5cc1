package io.framegate.wire.http;

import java.nio.charset.StandardCharsets;

/**
 * The line of a multipart body that is being read. Keeps only as many of its first bytes as a boundary can have,
 * because the lines of pictures may be long. Not thread-safe.
 */
final class MultipartLine {

    /** A longer line is not a boundary. */
    private static final int MAX_BOUNDARY_LINE = MultipartBoundary.MAX_LENGTH + 4;

    private static final String CONTENT = "content-";

    /** Whether a line is one of a part's header. */
    enum Header {
        YES,
        NO,
        /** The beginning of the line does not decide it. */
        UNDECIDED
    }

    private final byte[] kept = new byte[MAX_BOUNDARY_LINE];
    private int begin;
    private int length;

    /** The length without spaces, tabs, CR and NUL at the end. */
    private int trimmed;

    private byte last;
    private byte lastOfTrimmed;
    private boolean followsCr;

    /** Adds bytes of the line, without its LF. */
    void add(byte[] in, int from, int to) {
        if (from == to) {
            return;
        }
        if (length < MAX_BOUNDARY_LINE) {
            System.arraycopy(in, from, kept, length, Math.min(to - from, MAX_BOUNDARY_LINE - length));
        }
        int end = to;
        while (end > from && isPadding(in[end - 1])) {
            end--;
        }
        if (end > from) {
            trimmed = length + end - from;
            lastOfTrimmed = in[end - 1];
        }
        length += to - from;
        last = in[to - 1];
    }

    /** Begins the next line, after the LF of this one. */
    void next() {
        followsCr = endsWithCr();
        begin = end() + 1;
        length = 0;
        trimmed = 0;
    }

    /** The index of the line in the body. */
    int begin() {
        return begin;
    }

    /** The index of the line's end in the body. */
    int end() {
        return begin + length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether the line has only padding. */
    boolean isBlank() {
        return trimmed == 0;
    }

    boolean endsWithCr() {
        return length > 0 && last == '\r';
    }

    /** Whether the line before this one ended with CR. */
    boolean followsCr() {
        return followsCr;
    }

    /** Whether the line can be a boundary, because it begins with a hyphen and is not too long. */
    boolean mayBeBoundary() {
        return trimmed > 0 && trimmed <= MAX_BOUNDARY_LINE && kept[0] == '-';
    }

    /** The bytes of a line that {@link #mayBeBoundary()}. */
    byte[] bytes() {
        return kept;
    }

    /** The number of {@link #bytes()}. */
    int length() {
        return trimmed;
    }

    /** The last byte that is not padding. Must not be called for a blank line. */
    byte lastByte() {
        return lastOfTrimmed;
    }

    /**
     * Whether the line is one of a header: a name and a colon, or the rest of a folded line.
     *
     * @param first whether no header line comes before it, so that it cannot be a folded line
     */
    Header header(boolean first) {
        int end = Math.min(length, MAX_BOUNDARY_LINE);
        if (end > 0 && isPadding(kept[0])) {
            return !first ? Header.YES : isBlank() ? Header.UNDECIDED : Header.NO;
        }
        int at = 0;
        while (at < end && isOfName(kept[at])) {
            at++;
        }
        int name = at;
        while (at < end && (kept[at] == ' ' || kept[at] == '\t')) {
            at++;
        }
        if (at < end) {
            return name > 0 && kept[at] == ':' ? Header.YES : Header.NO;
        }
        return end == MAX_BOUNDARY_LINE ? Header.NO : Header.UNDECIDED;
    }

    /** Whether the line begins with the name of a header line that only parts have: {@code Content-Type} and others. */
    boolean isContentHeader() {
        return header(true) == Header.YES
                && length > CONTENT.length()
                && new String(kept, 0, CONTENT.length(), StandardCharsets.ISO_8859_1).equalsIgnoreCase(CONTENT);
    }

    private static boolean isOfName(byte b) {
        boolean letter = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
        return letter || (b >= '0' && b <= '9') || b == '-' || b == '_' || b == '.';
    }

    private static boolean isPadding(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == 0;
    }
}
