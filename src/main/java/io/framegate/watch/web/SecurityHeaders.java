package io.framegate.watch.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The headers that restrict what browsers may do with an answer. Stateless. */
final class SecurityHeaders {

    private static final CharSequence POLICY = HttpHeaders.createOptimized("default-src 'none'; script-src 'self';"
            + " style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence FRAME_OPTIONS = HttpHeaders.createOptimized("X-Frame-Options");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");

    private SecurityHeaders() {}

    /** Adds the headers. An answer without Cache-Control may not be cached. */
    static void add(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        MultiMap headers = response.headers();
        headers.set(CONTENT_SECURITY_POLICY, POLICY)
                .set(CONTENT_TYPE_OPTIONS, "nosniff")
                .set(FRAME_OPTIONS, "DENY")
                .set(REFERRER_POLICY, "no-referrer")
                .set(RESOURCE_POLICY, isPicture(request) ? "cross-origin" : "same-origin");
        response.headersEndHandler(end -> {
            if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
            }
        });
    }

    /** Pages of other servers, dashboards for example, may show pictures in an img; their scripts cannot read them. */
    private static boolean isPicture(HttpServerRequest request) {
        String path = request.path();
        return path != null && path.startsWith("/live/");
    }
}
