package io.framegate;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.jspecify.annotations.Nullable;

/**
 * What Camel's own HTTP server runs on. Made while Camel prepares everything else, which takes a tenth
 * of a second off the start on two cores.
 */
final class WebServer {

    private static final Executor BESIDE_THE_START = made -> new Thread(made, "framegate-web").start();

    private final CompletableFuture<Vertx> vertx;

    private WebServer(CompletableFuture<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** Begins to make it. */
    static WebServer begin() {
        return new WebServer(CompletableFuture.supplyAsync(Vertx::vertx, BESIDE_THE_START));
    }

    /** Gives it to Camel, which waits for it when it needs it. */
    void bind(CamelContext context) {
        context.getRegistry().bind("vertx", Vertx.class, vertx::join);
    }

    /** What Camel's server serves, to which more may be added; null if Camel has no server. */
    @Nullable
    VertxPlatformHttpRouter router(CamelContext context) {
        return context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .findFirst()
                .orElse(null);
    }

    /** Camel closes only what it has made itself. */
    void close() {
        vertx.thenCompose(made -> made.close().toCompletionStage()).join();
    }
}
