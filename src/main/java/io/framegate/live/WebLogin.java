package io.framegate.live;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Asks everybody for the one user and password (Basic, RFC 7617), if there is one, and tells browsers to load and run nothing but the
 * page's own files. Thread-safe.
 */
public final class WebLogin implements Handler<RoutingContext> {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte @Nullable [] expected;

    /** Of this user; an empty one lets everybody in. */
    public WebLogin(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String header = "Basic " + Base64.getEncoder().encodeToString(pair);
        expected = user.isEmpty() ? null : header.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        if (isKnown(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            context.next();
        } else {
            response.putHeader("WWW-Authenticate", "Basic realm=\"Framegate\", charset=\"UTF-8\"")
                    .setStatusCode(401)
                    .end();
        }
    }

    /** Takes the same time wherever it differs. */
    private boolean isKnown(@Nullable String authorization) {
        return expected == null
                || (authorization != null
                        && MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8)));
    }
}
