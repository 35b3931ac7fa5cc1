package io.framegate.watch.diagram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;

/**
 * The picture of the routes over HTTP, beside the wall.
 *
 * <pre>
 * /routes        the page
 * /api/routes    the running routes, their steps, and what went through each of them, as JSON
 * </pre>
 *
 * <p>The routes are looked at when somebody asks, by one of Vert.x's worker threads: a reload may hold them for a moment. Thread-safe.
 */
public final class RoutesServer {

    private static final String PAGE = "io/framegate/watch/wall/page/routes.html";

    private final RoutesModel model;

    /** Shows the routes of this context, whose steps are counted here. */
    public RoutesServer(CamelContext context, StepCounts counts, MeterRegistry metrics) {
        model = new RoutesModel(context, counts, metrics);
    }

    /** Adds its pages to the server's, which has to have the page's files. */
    public void mount(Router router) {
        get(router, "/api/routes", this::routes);
        get(router, "/routes", RoutesServer::page);
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** The page's own addresses are relative, so there is one directory it can be in. */
    private static void page(RoutingContext context) {
        if (context.request().path().endsWith("/")) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, "../routes")
                    .end();
        } else {
            // Not rerouted to the file, which would take the headers back that tell browsers what they may do.
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .sendFile(PAGE);
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

    /** Made when somebody looks, not at the start. */
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
