package io.framegate.wire.http;

/**
 * The line of a multipart body that is being read. Keeps as much of it as a boundary can have, because the lines of
 * pictures may be long. Not thread-safe.
 */
final class MultipartLine {

    /** A line that is longer is no boundary. */
    private static final int MAX_BOUNDARY_LINE = MultipartBoundary.MAX_LENGTH + 4;

    private final byte[] kept = new byte[MAX_BOUNDARY_LINE];
    private int begin;
    private int length;

    /** The length without spaces, tabs, CR and NUL at the end. */
    private int trimmed;

    private byte last;
    private boolean followsCr;

    /** Adds bytes of the line, without its LF. */
    void add(byte[] in, int from, int to) {
        if (from == to) {
            return;
        }
        int fits = Math.min(to - from, MAX_BOUNDARY_LINE - length);
        if (fits > 0 && (length == 0 ? in[from] : kept[0]) == '-') {
            System.arraycopy(in, from, kept, length, fits);
        } else if (length == 0) {
            kept[0] = in[from];
        }
        int end = to;
        while (end > from && isPadding(in[end - 1])) {
            end--;
        }
        if (end > from) {
            trimmed = length + end - from;
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

    private static boolean isPadding(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == 0;
    }
}
