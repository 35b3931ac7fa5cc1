package io.framegate.wire.http;

import io.framegate.wire.ByteScan;
import io.framegate.wire.Hash;
import io.framegate.wire.Pieces;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a multipart body into its parts. Accepts RFC 2046 and the variants that cameras write.
 *
 * <pre>
 * --boundary CR LF                         a line, at the beginning of the body or after LF; may be missing
 * Content-Type: image/jpeg CR LF CR LF     header lines and an empty line; each may be missing or in the wrong order
 * FF D8 ... FF D9 CR LF                    data; excludes the line end before a boundary, which may be missing
 * --boundary-- CR LF                       may be missing
 * </pre>
 *
 * <p>A line may end with LF alone, and lengths in part headers are ignored. {@link MultipartLine} collects the lines,
 * {@link MultipartBoundary} recognises the boundaries among them, {@link DataEnd} decides whether data ends before a
 * boundary without a separate line, and {@link MultipartPlaces} stores the positions of the parts. The bytes before the
 * first boundary and after the last one are parts too: they are {@linkplain MultipartPlaces.Part#outside() outside}.
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
        /** After the empty line that ends a header; the next line may still belong to the header. */
        AFTER_HEADER,
        DATA,
        EPILOGUE
    }

    private final int maxLength;
    private final MultipartBoundary boundary;
    private final Pieces body = new Pieces();
    private final MessageDigest digest = Hash.newSha256();
    private final MultipartLine line = new MultipartLine();
    private final MultipartPlaces places = new MultipartPlaces(body, line);
    private final DataEnd dataEnd = new DataEnd(body::copy);
    private final boolean beginsWithData;

    private State state;
    private boolean preambleHasText;
    private int boundaries;
    private @Nullable String problem;
    private int problemAt;

    /**
     * Creates a cutter for one body.
     *
     * @param named the boundary that the request's head names, or an empty text
     * @param beginsWithData whether the first boundary and header are missing; such a body may have no boundary at all
     */
    MultipartCutter(int maxLength, String named, boolean beginsWithData) {
        this.maxLength = maxLength;
        this.boundary = new MultipartBoundary(named);
        this.beginsWithData = beginsWithData;
        state = beginsWithData ? State.DATA : State.PREAMBLE;
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
            boolean ended = end < last;
            if (state == State.HEADER) {
                headerLine(ended);
            }
            if (ended && problem == null) {
                line(line.end() + 1);
                line.next();
            }
            at = ended ? end + 1 : end;
        }
        if (last < to) {
            fail("multipart length: > " + maxLength + " (expected: <= " + maxLength + ")", maxLength);
        }
    }

    /** Reads the received bytes of a header line. Data that begins without an empty line ends the header. */
    private void headerLine(boolean ended) {
        switch (line.header(line.begin() == places.partFrom())) {
            case YES -> {
                if (line.end() - places.partFrom() > MAX_HEADER) {
                    String detail = "part header length: > " + MAX_HEADER + " (expected: <= " + MAX_HEADER + ")";
                    fail(detail, places.partFrom() + MAX_HEADER);
                }
            }
            case NO -> dataBegins(line.begin(), line.followsCr());
            case UNDECIDED -> {
                if (ended && !line.isBlank()) {
                    dataBegins(line.begin(), line.followsCr());
                }
            }
        }
    }

    /** Begins the data, before or after its first line; {@code cr} is whether the line before it ends with CR LF. */
    private void dataBegins(int from, boolean cr) {
        places.dataBegins(from, cr);
        dataEnd.begin(from);
        state = State.DATA;
    }

    /** Ends the body. Its last line needs no line end. */
    void end() {
        if (problem != null) {
            return;
        }
        int end = body.length();
        if (!line.isEmpty()) {
            if (state == State.HEADER) {
                headerLine(true);
            }
            line(end);
        }
        switch (state) {
            case DATA, AFTER_HEADER -> places.addPart(end, beginsWithData && boundaries == 0);
            case HEADER -> places.addHeaderOnly(end, false);
            case EPILOGUE -> places.addOutside(places.partFrom(), end);
            case PREAMBLE -> {}
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

    /** Whether the body has a part. */
    boolean isMultipart() {
        return state != State.PREAMBLE;
    }

    /** Whether a boundary was found. */
    boolean hasBoundary() {
        return boundaries > 0;
    }

    /** The positions of the parts, and their bytes. */
    MultipartPlaces places() {
        return places;
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

    /** The hash of the body. Call it once, after {@link #end()}. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Reads the line that was collected.
     *
     * @param next the index of the next line
     */
    private void line(int next) {
        if (!boundary.isKnown()) {
            boundary.learn(line);
        }
        MultipartBoundary.Line kind = boundary.match(line);
        if (state == State.EPILOGUE) {
            return;
        }
        if (kind != MultipartBoundary.Line.NONE) {
            boundary(kind, line.begin(), next);
            return;
        }
        switch (state) {
            case PREAMBLE -> preamble();
            case HEADER -> {
                if (line.isBlank()) {
                    dataBegins(next, line.endsWithCr());
                    state = State.AFTER_HEADER;
                }
            }
            case AFTER_HEADER -> afterHeader();
            case DATA, EPILOGUE -> {}
        }
        if (state == State.DATA) {
            boundaryAfterData(next);
        }
    }

    /** The header of a part may be the first line that is not blank, because the first boundary is missing. */
    private void preamble() {
        if (!preambleHasText && line.isContentHeader()) {
            places.partBegins(line.begin());
            state = State.HEADER;
        }
        preambleHasText |= !line.isBlank();
    }

    private void afterHeader() {
        if (line.isContentHeader()) {
            state = State.HEADER;
        } else if (!line.isBlank()) {
            state = State.DATA;
        }
    }

    /** Some senders write a boundary right after the last byte of the data. */
    private void boundaryAfterData(int next) {
        MultipartBoundary.Line kind = boundary.matchEnd(line, places.dataFrom(), body::copy);
        int at = line.begin() + line.length() - boundary.length(kind);
        if (kind != MultipartBoundary.Line.NONE && dataEnd.isAt(at)) {
            boundary(kind, at, next);
        }
    }

    /** Reads a boundary that begins at an index. */
    private void boundary(MultipartBoundary.Line kind, int at, int next) {
        switch (state) {
            case PREAMBLE -> places.addOutside(0, at);
            case HEADER -> places.addHeaderOnly(at, true);
            case AFTER_HEADER, DATA -> places.addPart(at, true);
            case EPILOGUE -> {}
        }
        boolean closing = kind == MultipartBoundary.Line.LAST;
        state = closing ? State.EPILOGUE : State.HEADER;
        places.partBegins(next);
        if (!closing && boundaries == MAX_PARTS) {
            fail("multipart parts: > " + MAX_PARTS + " (expected: <= " + MAX_PARTS + ")", at);
        }
        boundaries++;
    }

    private void fail(String detail, int at) {
        if (problem == null) {
            problem = detail;
            problemAt = at;
        }
    }
}
