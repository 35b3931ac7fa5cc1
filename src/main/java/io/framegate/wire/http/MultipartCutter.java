package io.framegate.wire.http;

import io.framegate.wire.ByteScan;
import io.framegate.wire.Hash;
import io.framegate.wire.Pieces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
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
 * <p>A line may end with LF alone, and lengths in part headers are ignored. {@link MultipartLine} collects the lines
 * and {@link MultipartBoundary} recognises the boundaries among them.
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
     * The position of a part in the body.
     *
     * @param begin the index of its header
     * @param from the index of its data
     * @param ended whether a boundary follows the data
     */
    record Part(int begin, int from, int to, boolean ended) {}

    private final int maxLength;
    private final MultipartBoundary boundary;
    private final Pieces body = new Pieces();
    private final MessageDigest digest = Hash.newSha256();
    private final List<Part> parts = new ArrayList<>();
    private final MultipartLine line = new MultipartLine();

    private State state = State.PREAMBLE;
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
        int last = from + Math.min(to - from, maxLength - body.length());
        body.add(in, from, last);
        digest.update(in, from, last - from);
        for (int at = from; at < last && problem == null; ) {
            int end = ByteScan.indexOf(in, at, last, '\n', '\n');
            line.add(in, at, end);
            checkHeader();
            boolean ended = end < last;
            if (ended && problem == null) {
                lineEnds(line.end() + 1);
            }
            at = ended ? end + 1 : end;
        }
        if (last < to) {
            fail("multipart length: > " + maxLength + " (expected: <= " + maxLength + ")", maxLength);
        }
    }

    private void checkHeader() {
        if (state == State.HEADER && line.end() - partFrom > MAX_HEADER) {
            String detail = "part header length: > " + MAX_HEADER + " (expected: <= " + MAX_HEADER + ")";
            fail(detail, partFrom + MAX_HEADER);
        }
    }

    /** Ends the body. Its last line needs no line end. */
    void end() {
        if (problem == null && !line.isEmpty()) {
            line(body.length());
        }
        if (problem == null && state == State.DATA) {
            addPart(body.length(), false);
        } else if (problem == null && state == State.HEADER && !isBlank(partFrom, body.length())) {
            dataFrom = body.length();
            addPart(body.length(), false);
        }
    }

    /** The limit that was exceeded, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** The length of the body, up to the {@link #problem()} if there is one. */
    int length() {
        return problem == null ? body.length() : problemAt;
    }

    /** Bytes of memory held. */
    int heldBytes() {
        return body.capacity();
    }

    /** Whether a boundary was found. */
    boolean isMultipart() {
        return state != State.PREAMBLE;
    }

    List<Part> parts() {
        return parts;
    }

    /** The header lines of a part. */
    String header(Part part) {
        return text(part.begin(), part.from());
    }

    byte[] bytes(int from, int to) {
        return body.copy(from, to);
    }

    /** The body up to its end or {@link #problem()}. Frees all memory. */
    byte[] takeAll() {
        byte[] all = body.take(0, length());
        body.clear();
        return all;
    }

    /** The data of a part. Frees the memory of the body before the end of it. */
    byte[] take(Part part) {
        return body.take(part.from(), part.to());
    }

    /** The hash of the body. Call it once, after {@link #end()}. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void lineEnds(int next) {
        line(next);
        line.next();
    }

    /**
     * Reads the line that was collected.
     *
     * @param next the index of the next line
     */
    private void line(int next) {
        if (state == State.PREAMBLE && !boundary.isKnown()) {
            boundary.learn(line);
        }
        MultipartBoundary.Line kind = boundary.match(line);
        if (state == State.EPILOGUE || (state == State.PREAMBLE && kind == MultipartBoundary.Line.NONE)) {
            return;
        }
        if (kind != MultipartBoundary.Line.NONE) {
            if (state == State.DATA) {
                addPart(line.begin(), true);
            }
            boolean closing = kind == MultipartBoundary.Line.LAST;
            state = closing ? State.EPILOGUE : State.HEADER;
            partFrom = next;
            if (!closing && parts.size() == MAX_PARTS) {
                fail("multipart parts: > " + MAX_PARTS + " (expected: <= " + MAX_PARTS + ")", line.begin());
            }
        } else if (state == State.HEADER && line.isBlank()) {
            crLf = line.endsWithCr();
            dataFrom = next;
            state = State.DATA;
        }
    }

    /** Adds the data up to a boundary, without the line end before it. */
    private void addPart(int next, boolean ended) {
        int to = next;
        boolean lineEnd = to > dataFrom && to == line.begin();
        if (lineEnd) {
            to--;
        }
        if (lineEnd && crLf && to > dataFrom && line.followsCr()) {
            to--;
        }
        parts.add(new Part(partFrom, dataFrom, to, ended));
    }

    private void fail(String detail, int at) {
        if (problem == null) {
            problem = detail;
            problemAt = at;
        }
    }

    private boolean isBlank(int from, int to) {
        return text(from, to).isBlank();
    }

    private String text(int from, int to) {
        return new String(body.copy(from, to), StandardCharsets.ISO_8859_1);
    }
}
