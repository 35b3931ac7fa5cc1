package io.framegate.watch.diagram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.reload.RouteProblem;
import io.framegate.watch.web.PageFiles;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * The picture of the routes over HTTP.
 *
 * <pre>
 * /routes        the page
 * /api/routes    the running routes, their steps with counts, and refused route files, as JSON
 * </pre>
 *
 * <p>A worker thread of Vert.x reads the routes on each request, because a reload may lock them for a moment.
 * Thread-safe.
 */
public final class RoutesServer {

    private static final String PAGE = "io/framegate/watch/diagram/page";

    private final RoutesModel model;

    /** Serves the routes of a context, the counts of their steps, and the problems of refused route files. */
    public RoutesServer(
            CamelContext context, StepCounts counts, MeterRegistry metrics, Supplier<List<RouteProblem>> refused) {
        model = new RoutesModel(context, counts, metrics, refused);
    }

    /** Adds the addresses to the server. */
    public void mount(Router router) {
        router.route("/api/routes").handler(this::routes);
        router.route("/routes").handler(RoutesServer::page);
        PageFiles.mount(router, PAGE);
    }

    /** Redirects /routes/, because the page's links are relative. */
    private static void page(RoutingContext context) {
        if (context.request().path().endsWith("/")) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, "../routes")
                    .end();
        } else {
            // Rerouting to the file would drop the security headers.
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .sendFile(PAGE + "/routes.html");
        }
    }

    private void routes(RoutingContext context) {
        context.vertx()
                .executeBlocking(this::json, false)
                .onSuccess(json -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(json))
                .onFailure(context::fail);
    }

    private String json() throws JsonProcessingException {
        return Json.MAPPER.writeValueAsString(model.picture());
    }

    /** Created on the first request, not at the start. */
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
