package io.framegate.wire.http;

import io.framegate.wire.ByteScan;
import io.framegate.wire.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a multipart body into its parts. Accepts RFC 2046 and the variants that cameras write.
 *
 * <pre>
 * --boundary CR LF                            a line, at the beginning of the body or after LF
 * Content-Type: image/jpeg CR LF CR LF        header lines, which may be missing, and an empty line
 * FF D8 ... FF D9 CR LF                       data; the line end before a boundary is not part of it
 * --boundary-- CR LF                          may be missing
 * </pre>
 *
 * <p>A line may end with LF alone, and lengths in part headers are ignored. {@link MultipartBoundary} recognises the
 * boundaries.
 *
 * <p>Each byte is read once, and the result does not depend on the pieces in which the bytes arrive. Holds the body up
 * to the given length. Limits: 8 KB for the header of a part, 64 parts. Not thread-safe.
 */
final class MultipartCutter {

    static final int MAX_HEADER = 8 << 10;
    static final int MAX_PARTS = 64;

    private enum State {
        PREAMBLE,
        HEADER,
        DATA,
        EPILOGUE
    }

    /**
     * The position of a part's data in the body.
     *
     * @param header the header lines of the part
     * @param ended whether a boundary follows the data
     */
    record Part(String header, int from, int to, boolean ended) {}

    /** A byte array that is read without a copy. */
    private static final class Body extends ByteArrayOutputStream {

        byte[] bytes() {
            return buf;
        }
    }

    private Body body = new Body();
    private final int maxLength;
    private final MultipartBoundary boundary;
    private final List<Part> parts = new ArrayList<>();

    private State state = State.PREAMBLE;
    private int line;
    private int scanned;
    private int partFrom;
    private int dataFrom;
    private boolean crLf;
    private @Nullable String problem;
    private int problemAt;

    /**
     * Creates a cutter for one body.
     *
     * @param named the boundary that the request's head names, or an empty text
     */
    MultipartCutter(int maxLength, String named) {
        this.maxLength = maxLength;
        this.boundary = new MultipartBoundary(named);
    }

    /** Reads the next piece, or drops it after a {@link #problem()}. */
    void take(byte[] in, int from, int to) {
        if (problem != null) {
            return;
        }
        int taken = Math.min(to - from, maxLength - body.size());
        body.write(in, from, taken);
        scan();
        if (taken < to - from) {
            fail("multipart length: > " + maxLength + " (expected: <= " + maxLength + ")", maxLength);
        }
    }

    /** Ends the body. Its last line needs no line end. */
    void end() {
        if (problem == null && line < body.size()) {
            line(line, body.size(), body.size());
        }
        if (problem == null && state == State.DATA) {
            addPart(body.size(), false);
        } else if (problem == null
                && state == State.HEADER
                && !text(partFrom, body.size()).isBlank()) {
            dataFrom = body.size();
            addPart(body.size(), false);
        }
    }

    /** The limit that was exceeded, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** The length of the body, up to the {@link #problem()} if there is one. */
    int length() {
        return problem == null ? body.size() : problemAt;
    }

    /** Whether a boundary was found. */
    boolean isMultipart() {
        return state != State.PREAMBLE;
    }

    List<Part> parts() {
        return parts;
    }

    /** Frees the memory of the body, after a {@link #problem()}. */
    void release() {
        body = new Body();
    }

    byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(body.bytes(), from, to);
    }

    String sha256() {
        MessageDigest digest = Hash.newSha256();
        digest.update(body.bytes(), 0, body.size());
        return HexFormat.of().formatHex(digest.digest());
    }

    private void scan() {
        while (problem == null && state != State.EPILOGUE) {
            int end = ByteScan.indexOf(body.bytes(), scanned, body.size(), '\n', '\n');
            scanned = end;
            if (state == State.HEADER && end - partFrom > MAX_HEADER) {
                fail(
                        "part header length: > " + MAX_HEADER + " (expected: <= " + MAX_HEADER + ")",
                        partFrom + MAX_HEADER);
            } else if (end < body.size()) {
                scanned = end + 1;
                line(line, end, scanned);
                line = scanned;
            } else {
                return;
            }
        }
    }

    /**
     * Reads one line.
     *
     * @param end the index of its line end
     * @param next the index of the next line
     */
    private void line(int from, int end, int next) {
        int last = end;
        while (last > from && isPadding(body.bytes()[last - 1])) {
            last--;
        }
        if (state == State.PREAMBLE && !boundary.isKnown()) {
            boundary.learn(body.bytes(), from, last);
        }
        MultipartBoundary.Line kind = boundary.match(body.bytes(), from, last);
        if (state == State.EPILOGUE || (state == State.PREAMBLE && kind == MultipartBoundary.Line.NONE)) {
            return;
        }
        if (kind != MultipartBoundary.Line.NONE) {
            if (state == State.DATA) {
                addPart(from, true);
            }
            boolean closing = kind == MultipartBoundary.Line.LAST;
            state = closing ? State.EPILOGUE : State.HEADER;
            partFrom = next;
            if (!closing && parts.size() == MAX_PARTS) {
                fail("multipart parts: > " + MAX_PARTS + " (expected: <= " + MAX_PARTS + ")", from);
            }
        } else if (state == State.HEADER && last == from) {
            crLf = end > from && body.bytes()[end - 1] == '\r';
            dataFrom = next;
            state = State.DATA;
        }
    }

    private void addPart(int next, boolean ended) {
        int to = next;
        boolean lineEnd = to > dataFrom && body.bytes()[to - 1] == '\n';
        if (lineEnd) {
            to--;
        }
        if (lineEnd && crLf && to > dataFrom && body.bytes()[to - 1] == '\r') {
            to--;
        }
        parts.add(new Part(text(partFrom, dataFrom), dataFrom, to, ended));
    }

    private void fail(String detail, int at) {
        if (problem == null) {
            problem = detail;
            problemAt = at;
        }
    }

    private String text(int from, int to) {
        return new String(body.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isPadding(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == 0;
    }
}
