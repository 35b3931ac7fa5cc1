package io.framegate.watch.web;

import io.framegate.intake.tls.CertificateRenewal;
import io.framegate.intake.tls.PortCertificate;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.ext.web.Router;
import javax.net.ssl.X509KeyManager;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's HTTP server with our gate in front of everything it serves, Camel's own pages included. Camel's login reads
 * users from a file, has no tokens, and does not see requests that the router refuses; its TLS cannot read PEM files.
 */
public final class GuardedServer extends VertxPlatformHttpServer {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    private final WebAccess access;
    private final boolean open;
    private final @Nullable ObserveServer observers;
    private @Nullable HttpServer server;

    /**
     * Creates the server. Camel's management uses the first service that is on its port.
     *
     * @param open whether to listen on the web port
     * @param observers the observe port, null if there is none
     */
    GuardedServer(WebAccess access, boolean open, @Nullable WebAccess observers) {
        super(configuration(access));
        this.access = access;
        this.open = open;
        this.observers = observers == null ? null : new ObserveServer(observers);
    }

    private static VertxPlatformHttpServerConfiguration configuration(WebAccess access) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setHost(access.host());
        configuration.setPort(access.port());
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT);
        return configuration;
    }

    /** Does nothing: Vert.x is still being created here, and startServer waits for it. */
    @Override
    protected void doInit() {}

    /** The router of this server; null before it is started. */
    public @Nullable VertxPlatformHttpRouter router() {
        return VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(access.port()));
    }

    @Override
    public @Nullable HttpServer getServer() {
        return server;
    }

    @Override
    protected void startServer() {
        Router router = router();
        if (router == null) {
            throw new IllegalStateException("no router");
        }
        // Without these, Vert.x logs a stack trace for each malformed request.
        router.errorHandler(400, context -> say(context.request(), 400, "the request cannot be read"));
        router.errorHandler(404, context -> say(context.request(), 404, "not found"));
        Handler<HttpServerRequest> pages = ObserveAnswers.mount(router, getCamelContext());
        if (open) {
            listen(pages);
        }
        if (observers != null) {
            observers.start(getVertx(), pages);
        }
    }

    private void listen(Handler<HttpServerRequest> pages) {
        // HTTP/1.1 only: the limits of this server are tested with it alone.
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        CertificateRenewal certificate = access.certificate();
        if (certificate != null) {
            options.setSsl(true).setKeyCertOptions(options(certificate.current()));
        }
        WebConnections connections = new WebConnections();
        WebGate gate = access.gate(pages);
        HttpServer listening = getVertx()
                .createHttpServer(options)
                .requestHandler(request -> {
                    connections.answers(request);
                    gate.handle(request);
                })
                .invalidRequestHandler(GuardedServer::tooLong);
        connections.watch(getVertx(), listening);
        server = listening;
        listening
                .listen(access.port(), access.host())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        if (certificate != null) {
            getVertx().setPeriodic(CertificateRenewal.PERIOD.toMillis(), tick -> getVertx()
                    .executeBlocking(() -> {
                        certificate.look(renewed -> show(listening, renewed));
                        return certificate;
                    }));
        }
    }

    private static KeyCertOptions options(PortCertificate certificate) {
        return KeyCertOptions.wrap((X509KeyManager) certificate.keyManagers().getKeyManagers()[0]);
    }

    private static void show(HttpServer server, PortCertificate renewed) {
        server.updateSSLOptions(new SSLOptions().setKeyCertOptions(options(renewed)))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("reason", failure.toString())
                        .log("renewed certificate not usable, the old one stays"));
    }

    /** Answers a request that is too long or is not HTTP. */
    static void tooLong(HttpServerRequest request) {
        SecurityHeaders.add(request);
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
    }

    /** Answers with one line. */
    static void say(HttpServerRequest request, int status, String what) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(what + "\n");
    }

    @Override
    protected void stopServer() {
        if (observers != null) {
            observers.stop();
        }
        HttpServer listening = server;
        if (listening != null) {
            server = null;
            listening.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
