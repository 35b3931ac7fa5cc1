package io.framegate.wire.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * The header lines of one request, of which there are 100 at most: short lines would cost many times their length.
 *
 * <p>Refuses what a proxy before the gateway may read differently, so that nobody can hide a request in the body of
 * another (RFC 9112, 5.2, 6.1, 6.3). Netty refuses most of it: characters that are not allowed, white space before a
 * colon, several content lengths, or a transfer coding in HTTP/1.0.
 */
final class HttpHead extends DefaultHttpHeaders {

    private static final int MAX_LINES = 100;

    private int lines;

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
        return super.add(name, value);
    }

    /** Throws unless the body ends where every reader of this head says that it ends. */
    static void check(HttpHeaders head) {
        List<String> codings = head.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new IllegalArgumentException("transfer encoding (expected: chunked)");
        }
    }
}
