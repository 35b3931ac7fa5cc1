package io.framegate.watch.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * What Camel's pages below {@code /observe} lack: {@code HEAD}, and the health as text for {@code Accept: text/plain}:
 * {@code UP}, or a line for each problem. JSON stays the default. Thread-safe.
 */
public final class ObserveAnswers {

    private static final String HEALTH = "/observe/health";

    /** Before Camel's own routes, which refuse what is not JSON. */
    private static final int FIRST = -1;

    private final CamelContext context;

    private ObserveAnswers(CamelContext context) {
        this.context = context;
    }

    /** Adds the answers to a server that has Camel's pages. */
    public static void mount(Router router, CamelContext context) {
        ObserveAnswers answers = new ObserveAnswers(context);
        router.head("/observe/*").order(FIRST).handler(ObserveAnswers::asGet);
        router.get("/observe/*").order(FIRST).handler(ObserveAnswers::withHeaders);
        router.get(HEALTH).order(FIRST).handler(asked -> answers.health(asked, Kind.ALL));
        router.get(HEALTH + "/live").order(FIRST).handler(asked -> answers.health(asked, Kind.LIVE));
        router.get(HEALTH + "/ready").order(FIRST).handler(asked -> answers.health(asked, Kind.READY));
    }

    private enum Kind {
        ALL,
        LIVE,
        READY
    }

    /** The server sends no body to HEAD, whatever the page writes. */
    private static void asGet(RoutingContext asked) {
        asked.reroute(HttpMethod.GET, asked.request().uri());
    }

    /** A page that is found anew has lost its headers. */
    private static void withHeaders(RoutingContext asked) {
        SecurityHeaders.add(asked.request());
        asked.next();
    }

    private void health(RoutingContext asked, Kind kind) {
        if (!wantsText(asked.parsedHeaders().accept())) {
            asked.next();
            return;
        }
        asked.vertx()
                .executeBlocking(() -> problems(kind), false)
                .onSuccess(problems -> asked.response()
                        .setStatusCode(problems.isEmpty() ? 200 : 503)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .end(problems.isEmpty() ? "UP\n" : problems))
                .onFailure(asked::fail);
    }

    /** Whether text is the first of the accepted types that the health has; the list begins with the best. */
    private static boolean wantsText(List<MIMEHeader> accepted) {
        for (MIMEHeader type : accepted) {
            // The weight first: Vert.x reads a header when it is asked for that.
            boolean accepts = type.weight() > 0;
            if (accepts && type.component().matches("(?i)\\*|application")) {
                return false;
            }
            if (accepts
                    && type.component().equalsIgnoreCase("text")
                    && type.subComponent().matches("(?i)\\*|plain")) {
                return true;
            }
        }
        return false;
    }

    private String problems(Kind kind) {
        Collection<HealthCheck.Result> results =
                switch (kind) {
                    case ALL -> HealthCheckHelper.invoke(context);
                    case LIVE -> HealthCheckHelper.invokeLiveness(context);
                    case READY -> HealthCheckHelper.invokeReadiness(context);
                };
        if (HealthCheckHelper.isResultsUp(results, kind == Kind.READY)) {
            return "";
        }
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
