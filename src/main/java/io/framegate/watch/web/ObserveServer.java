package io.framegate.watch.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port for probes and Prometheus. Answers as the web port does, through the same handlers, but has only health and
 * metrics, and needs no login.
 */
final class ObserveServer {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");

    private static final Set<String> PATHS =
            Set.of("/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics");

    private final WebAccess access;
    private @Nullable HttpServer server;

    /** A server at this address. */
    ObserveServer(WebAccess access) {
        this.access = access;
    }

    /** Listens, and passes requests to this handler. */
    void start(Vertx vertx, Handler<HttpServerRequest> observed) {
        WebConnections connections = new WebConnections();
        WebGate gate = access.gate(request -> {
            if (PATHS.contains(String.valueOf(request.path()))) {
                observed.handle(request);
            } else {
                GuardedServer.say(request, 404, "not found");
            }
        });
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    connections.answers(request);
                    gate.handle(request);
                })
                .invalidRequestHandler(GuardedServer::tooLong);
        connections.watch(vertx, listening);
        server = listening;
        listening
                .listen(access.port(), access.host())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        LOG.atInfo().addKeyValue("address", access.url() + "observe/health").log("health and metrics");
    }

    void stop() {
        HttpServer listening = server;
        if (listening != null) {
            server = null;
            listening.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
