package io.framegate.wire.mjpeg;

import io.framegate.event.AsciiDigits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines before a picture: a boundary and headers, or the status line and the headers of an HTTP response.
 * Keeps one line, up to 1 KB, and reads up to 8 KB. Reused for each head. Not thread-safe.
 */
final class PartHead {

    private static final int MAX_LINE = 1 << 10;
    private static final int MAX_LENGTH = 8 << 10;

    /** The progress of the head after a byte. */
    enum Progress {
        MORE,
        /** The empty line after the headers, or the end of a closing boundary. */
        COMPLETE,
        /** The line is not a boundary, status line or header. */
        WRONG
    }

    private final byte[] line = new byte[MAX_LINE];
    private int count;
    private int lines;
    private int length;
    private long contentLength;
    private boolean multipart;
    private @Nullable String problem;
    private byte[] last = {};

    /** Begins a head. */
    void begin() {
        count = 0;
        lines = 0;
        length = 0;
        contentLength = -1;
        multipart = false;
        problem = null;
    }

    /** Reads a byte. */
    Progress take(byte b) {
        length++;
        if (b == '\n') {
            int end = count > 0 && line[count - 1] == '\r' ? count - 1 : count;
            String text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
            last = Arrays.copyOf(line, count);
            count = 0;
            return text.isEmpty() ? Progress.COMPLETE : line(text);
        }
        line[count++] = b;
        boolean text = b >= ' ' || b < 0 || b == '\r' || b == '\t';
        if (text && count < MAX_LINE && length < MAX_LENGTH) {
            return Progress.MORE;
        }
        last = Arrays.copyOf(line, count - 1);
        return Progress.WRONG;
    }

    /** The wrong line, without the byte that was read last. */
    byte[] wrongLine() {
        return last;
    }

    private Progress line(String text) {
        boolean first = lines++ == 0;
        if (first && text.startsWith("--")) {
            boolean last = text.length() > 4 && text.endsWith("--");
            return last ? Progress.COMPLETE : Progress.MORE;
        }
        if (first && text.startsWith("HTTP/1.")) {
            if (!text.matches("HTTP/1\\.[01] 200( .*)?")) {
                problem = "HTTP response without pictures (expected: status 200)";
            }
            return Progress.MORE;
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || !text.substring(0, colon).matches("[\\w.-]+")) {
            return Progress.WRONG;
        }
        header(
                text.substring(0, colon).toLowerCase(Locale.ROOT),
                text.substring(colon + 1).strip());
        return Progress.MORE;
    }

    private void header(String name, String value) {
        switch (name) {
            case "content-length" -> {
                contentLength = AsciiDigits.parse(value);
                if (contentLength < 0) {
                    problem = "Content-Length of a part is no number (expected: digits)";
                }
            }
            case "content-type" -> multipart = value.toLowerCase(Locale.ROOT).startsWith("multipart/");
            case "transfer-encoding" -> {
                if (!value.equalsIgnoreCase("identity")) {
                    problem = "HTTP response in chunks (expected: the pictures as curl -N writes them)";
                }
            }
            default -> {}
        }
    }

    /** The reason why no picture can be read after this head, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** The length of the picture, or -1 if the head does not contain it. */
    long contentLength() {
        return multipart ? -1 : contentLength;
    }
}
