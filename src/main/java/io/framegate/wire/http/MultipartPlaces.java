package io.framegate.wire.http;

import io.framegate.wire.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Stores the positions of the parts of a multipart body. Not thread-safe. */
final class MultipartPlaces {

    /**
     * The position of a part in the body.
     *
     * @param begin the index of its header
     * @param from the index of its data
     * @param ended whether a boundary follows the data
     * @param outside whether it stands before the first boundary or after the last one
     */
    record Part(int begin, int from, int to, boolean ended, boolean outside) {}

    private final Pieces body;
    private final MultipartLine line;
    private final List<Part> parts = new ArrayList<>();

    private int partFrom;
    private int dataFrom;
    private boolean crLf;

    /**
     * Creates an empty list of parts.
     *
     * @param line the line that is being read
     */
    MultipartPlaces(Pieces body, MultipartLine line) {
        this.body = body;
        this.line = line;
    }

    List<Part> parts() {
        return parts;
    }

    /** The header lines of a part. */
    String header(Part part) {
        return text(part.begin(), part.from());
    }

    /** The data of a part. Frees the memory of the body up to the end of the data. */
    byte[] take(Part part) {
        return body.take(part.from(), part.to());
    }

    /** Begins a part, after its boundary. */
    void partBegins(int at) {
        partFrom = at;
    }

    int partFrom() {
        return partFrom;
    }

    /** Begins the data of the part; {@code cr} is whether the line before it ends with CR LF. */
    void dataBegins(int at, boolean cr) {
        dataFrom = at;
        crLf = cr;
    }

    int dataFrom() {
        return dataFrom;
    }

    /**
     * Adds the data up to a boundary, without the line end before it.
     *
     * @param ended whether it is a boundary, and not the end of the body
     */
    void addPart(int next, boolean ended) {
        int to = next;
        boolean lineEnd = to > dataFrom && to == line.begin();
        if (lineEnd) {
            to--;
        }
        if (lineEnd && crLf && to > dataFrom && line.followsCr()) {
            to--;
        }
        if (next != line.begin() && to > dataFrom && ended && body.copy(to - 1, to)[0] == '\r') {
            to--;
        }
        parts.add(new Part(partFrom, dataFrom, to, ended, false));
    }

    /** Adds lines without data after them: they are data that looks like a header. */
    void addHeaderOnly(int to, boolean ended) {
        if (!isBlank(partFrom, to)) {
            parts.add(new Part(partFrom, partFrom, to, ended, false));
        }
    }

    /** Adds bytes that stand outside the parts. */
    void addOutside(int from, int to) {
        if (from < to) {
            parts.add(new Part(from, from, to, true, true));
        }
    }

    private boolean isBlank(int from, int to) {
        return from >= to || text(from, to).isBlank();
    }

    private String text(int from, int to) {
        return new String(body.copy(from, to), StandardCharsets.ISO_8859_1);
    }
}
