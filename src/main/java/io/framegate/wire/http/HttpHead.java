package io.framegate.wire.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import java.util.List;

/**
 * The header lines of one request. Limit: 100 lines, because short lines cost many times their length in memory.
 *
 * <p>Refuses heads that a proxy in front of the gateway may read differently, to prevent request smuggling (RFC 9112,
 * 5.2, 6.1, 6.3). Netty refuses most of them: characters that are not allowed, white space before a colon, several
 * content lengths, or a transfer coding in HTTP/1.0. The same content length in several lines is accepted (RFC 9110,
 * 8.6), because some boards and their HTTP library both write it.
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
            // Netty joins the lines of a folded header with a space, and strips all other values.
            throw new IllegalArgumentException("folded header line (expected: one line)");
        }
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name) && text.equals(get(name))) {
            repeatedLength = true;
            return this;
        }
        return super.add(name, value);
    }

    /** Whether several lines contain the same content length. */
    boolean hasRepeatedLength() {
        return repeatedLength;
    }

    /** Throws if readers of this head may find different ends of the body. */
    static void check(HttpHeaders head) {
        List<String> codings = head.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new IllegalArgumentException("transfer encoding (expected: chunked)");
        }
    }
}
