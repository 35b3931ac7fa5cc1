package io.framegate.watch.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/** Serves the OpenAPI document of all addresses, {@code /api/openapi.yaml}. Stateless. */
public final class ApiDocument {

    private static final String DOCUMENT = "io/framegate/watch/web/openapi.yaml";

    private ApiDocument() {}

    /** Adds the document to the server. */
    public static void mount(Router router) {
        router.route("/api/openapi.yaml")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .sendFile(DOCUMENT));
    }
}
