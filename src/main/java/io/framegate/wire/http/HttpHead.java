package io.framegate.wire.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import java.util.List;

/**
 * The header lines of one request, of which there are 100 at most: short lines would cost many times their length.
 *
 * <p>Refuses what a proxy before the gateway may read differently, so that nobody can hide a request in the body of
 * another (RFC 9112, 5.2, 6.1, 6.3). Netty refuses most of it: characters that are not allowed, white space before a
 * colon, several content lengths, or a transfer coding in HTTP/1.0. A content length that is said again in another line
 * is no other one (RFC 9110, 8.6): some boards and the library under them both write it.
 */
final class HttpHead extends DefaultHttpHeaders {

    /** Creates heads and trailers. */
    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new HttpHead();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new HttpHead();
        }
    };

    private static final int MAX_LINES = 100;

    private int lines;
    private boolean repeatedLength;

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        lines++;
        if (lines > MAX_LINES) {
            throw new IllegalArgumentException("header lines: > " + MAX_LINES + " (expected: <= " + MAX_LINES + ")");
        }
        String text = value.toString();
        if (!text.equals(text.strip())) {
            // Netty joins the lines of a folded header with a space, and strips the others.
            throw new IllegalArgumentException("folded header line (expected: one line)");
        }
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) && text.equals(get(name))) {
            repeatedLength = true;
            return this;
        }
        return super.add(name, value);
    }

    /** Whether the content length is said in several lines, always the same. */
    boolean hasRepeatedLength() {
        return repeatedLength;
    }

    /** Throws unless the body ends where every reader of this head says that it ends. */
    static void check(HttpHeaders head) {
        List<String> codings = head.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new IllegalArgumentException("transfer encoding (expected: chunked)");
        }
    }
}
