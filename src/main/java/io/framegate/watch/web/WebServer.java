package io.framegate.watch.web;

import io.framegate.intake.tls.CertificateRenewal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.PropertiesComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates Vert.x and the HTTP server. Vert.x is created while Camel prepares everything else, which makes the start a
 * tenth of a second shorter on two cores.
 */
public final class WebServer {

    private static final String PAGE = "io/framegate/watch/web/page";
    private static final String DOCUMENT = "io/framegate/watch/web/openapi.yaml";
    private static final Executor BESIDE_THE_START = made -> new Thread(made, "framegate-web").start();

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final CompletableFuture<Vertx> vertx;
    private @Nullable WebAccess access;
    private boolean open;
    private @Nullable GuardedServer server;

    private WebServer(CompletableFuture<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** Starts to create Vert.x on another thread. */
    public static WebServer begin() {
        return new WebServer(CompletableFuture.supplyAsync(Vertx::vertx, BESIDE_THE_START));
    }

    /**
     * Binds Vert.x and our server to a context. Camel waits for Vert.x when it needs it.
     *
     * @param wall whether to listen on the web port
     * @param observers the observe port, null if there is none
     */
    public void bind(CamelContext context, WebAccess reachedBy, boolean wall, @Nullable WebAccess observers) {
        context.getRegistry().bind("vertx", Vertx.class, vertx::join);
        context.getRegistry().bind("httpServerFactory", new HttpServerFactory(reachedBy));
        CertificateRenewal certificate = reachedBy.certificate();
        if (certificate != null) {
            context.getRegistry().bind("webCertificate", certificate);
        }
        access = reachedBy;
        open = wall;
        server = new GuardedServer(reachedBy, wall, observers);
        if (!wall) {
            // They follow framegate.web.enabled.
            PropertiesComponent properties = context.getPropertiesComponent();
            properties.addOverrideProperty("camel.management.enabled", "true");
            properties.addOverrideProperty("camel.metrics.enabled", "true");
        }
        try {
            context.addService(server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Serves the shared files, logs the address, and returns the router for further pages; null if the server is off.
     */
    @Nullable
    public VertxPlatformHttpRouter open() {
        VertxPlatformHttpRouter router = server == null ? null : server.router();
        if (router == null || access == null || !open) {
            return null;
        }
        router.route("/api/openapi.yaml").handler(WebServer::document);
        PageFiles.mount(router, PAGE);
        log.atInfo().addKeyValue("address", access.url()).log("live wall");
        if (access.isOpenToOthers()) {
            log.atWarn()
                    .addKeyValue("host", access.host())
                    .log("all cameras are visible to every client of the web port: set framegate.web.user and"
                            + " framegate.web.password, or framegate.web.token");
        }
        CertificateRenewal certificate = access.certificate();
        if (certificate != null) {
            certificate.warnOfExpiry();
        }
        return router;
    }

    private static void document(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .sendFile(DOCUMENT);
    }

    /** Closes Vert.x. Camel closes only instances that it has created itself. */
    public void close() {
        vertx.thenCompose(made -> made.close().toCompletionStage()).join();
    }
}
