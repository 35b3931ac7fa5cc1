package io.framegate.watch.web;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Camel's own HTTP server runs on. Made while Camel prepares everything else, which takes a tenth
 * of a second off the start on two cores.
 */
public final class WebServer {

    private static final Executor BESIDE_THE_START = made -> new Thread(made, "framegate-web").start();

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final CompletableFuture<Vertx> vertx;
    private @Nullable WebAccess access;
    private @Nullable GuardedServer server;

    private WebServer(CompletableFuture<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** Begins to make it. */
    public static WebServer begin() {
        return new WebServer(CompletableFuture.supplyAsync(Vertx::vertx, BESIDE_THE_START));
    }

    /** Has Camel use it, which waits for it when it needs it, and our server instead of its own. */
    public void bind(CamelContext context, WebAccess reachedBy) {
        context.getRegistry().bind("vertx", Vertx.class, vertx::join);
        context.getRegistry().bind("otherServers", new OtherServers(reachedBy));
        access = reachedBy;
        server = new GuardedServer(reachedBy);
        try {
            context.addService(server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has what belongs to the server itself served, says where, and returns what more may be added to; null if it is off. */
    @Nullable
    public VertxPlatformHttpRouter open() {
        VertxPlatformHttpRouter router = server == null ? null : server.router();
        if (router == null || access == null) {
            return null;
        }
        ApiDocument.mount(router);
        log.atInfo().addKeyValue("address", access.url()).log("live wall");
        if (access.isOpenToOthers()) {
            log.atWarn()
                    .addKeyValue("host", access.host())
                    .log("everybody who reaches the web port sees all cameras: set framegate.web.user and"
                            + " framegate.web.password, or framegate.web.token");
        }
        WebCertificate certificate = access.certificate();
        if (certificate != null && certificate.validUntil().isBefore(Instant.now())) {
            log.atWarn().addKeyValue("until", certificate.validUntil()).log("certificate has expired");
        }
        return router;
    }

    /** Camel closes only what it has made itself. */
    public void close() {
        vertx.thenCompose(made -> made.close().toCompletionStage()).join();
    }
}
