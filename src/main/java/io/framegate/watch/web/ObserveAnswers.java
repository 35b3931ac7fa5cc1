package io.framegate.watch.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Adds features that Camel's pages below {@code /observe} lack: {@code HEAD}, the health as text for {@code Accept:
 * text/plain}, which is {@code UP} or a line for each problem, and the health as JSON whose texts are escaped once. A
 * client that accepts neither, or another type of the metrics, gets the answer of a client that accepts all types: a
 * probe must not mistake a type for a wrong path. Thread-safe.
 */
public final class ObserveAnswers {

    private static final String HEALTH = "/observe/health";
    private static final String METRICS = "/observe/metrics";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Before Camel's own routes, which only produce JSON. */
    private static final int FIRST = -1;

    private final CamelContext context;

    private ObserveAnswers(CamelContext context) {
        this.context = context;
    }

    /** Adds the answers to a server that has Camel's pages, and returns the handler of its requests. */
    public static Handler<HttpServerRequest> mount(Router router, CamelContext context) {
        ObserveAnswers answers = new ObserveAnswers(context);
        router.head("/observe/*").order(FIRST).handler(ObserveAnswers::asGet);
        router.get("/observe/*").order(FIRST).handler(ObserveAnswers::withHeaders);
        router.get(HEALTH).order(FIRST).handler(asked -> answers.health(asked, Kind.ALL));
        router.get(HEALTH + "/live").order(FIRST).handler(asked -> answers.health(asked, Kind.LIVE));
        router.get(HEALTH + "/ready").order(FIRST).handler(asked -> answers.health(asked, Kind.READY));
        return request -> {
            if (METRICS.equals(request.path())) {
                // The metrics page has one type.
                request.headers().remove(HttpHeaders.ACCEPT);
            }
            router.handle(request);
        };
    }

    private enum Kind {
        ALL,
        LIVE,
        READY
    }

    /** Handles HEAD as GET. The server drops the body that the page writes. */
    private static void asGet(RoutingContext asked) {
        asked.reroute(HttpMethod.GET, asked.request().uri());
    }

    /** Adds the headers again, because a reroute removes them. */
    private static void withHeaders(RoutingContext asked) {
        SecurityHeaders.add(asked.request());
        asked.next();
    }

    private void health(RoutingContext asked, Kind kind) {
        String type = type(asked.parsedHeaders().accept());
        HealthDocument document = new HealthDocument(
                parameter(
                        asked, "exposureLevel", HealthCheckRegistry.get(context).getExposureLevel()),
                parameter(asked, "data", "false").equals("true"),
                parameter(asked, "stackTrace", "false").equals("true"));
        asked.vertx()
                .executeBlocking(() -> answer(kind, type, document), false)
                .onSuccess(answer -> asked.response()
                        .setStatusCode(answer.up() ? 200 : 503)
                        .putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .end(answer.text()))
                .onFailure(asked::fail);
    }

    private record Answer(boolean up, String text) {}

    private static String parameter(RoutingContext asked, String name, String standard) {
        String value = asked.request().getParam(name);
        return value == null ? standard : value;
    }

    /**
     * Returns the first accepted type that the health has, or JSON if there is none. The list begins with the best
     * type.
     */
    private static String type(List<MIMEHeader> accepted) {
        for (MIMEHeader type : accepted) {
            // The weight comes first, because Vert.x parses the header on that call.
            boolean accepts = type.weight() > 0;
            if (accepts
                    && type.component().matches("(?i)\\*|application")
                    && type.subComponent().matches("(?i)\\*|json")) {
                return JSON;
            }
            if (accepts
                    && type.component().equalsIgnoreCase("text")
                    && type.subComponent().matches("(?i)\\*|plain")) {
                return TEXT;
            }
        }
        return JSON;
    }

    private Answer answer(Kind kind, String type, HealthDocument document) {
        String level = type.equals(JSON) ? document.level() : "full";
        Collection<HealthCheck.Result> results =
                switch (kind) {
                    case ALL -> HealthCheckHelper.invoke(context, level);
                    case LIVE -> HealthCheckHelper.invokeLiveness(context, level);
                    case READY -> HealthCheckHelper.invokeReadiness(context, level);
                };
        boolean up = HealthCheckHelper.isResultsUp(results, kind == Kind.READY);
        if (type.equals(JSON)) {
            return new Answer(up, document.of(results, up));
        }
        return new Answer(up, up ? "UP\n" : problems(results));
    }

    private static String problems(Collection<HealthCheck.Result> results) {
        return results.stream()
                .filter(result -> result.getState() != HealthCheck.State.UP)
                .map(ObserveAnswers::line)
                .collect(Collectors.joining());
    }

    private static String line(HealthCheck.Result result) {
        String reason = result.getMessage()
                .or(() -> result.getError().map(Throwable::getMessage))
                .orElse(result.getState().name());
        return result.getCheck().getId() + ": " + reason.replaceAll("[\\p{Cntrl}\\s]+", " ") + "\n";
    }
}
