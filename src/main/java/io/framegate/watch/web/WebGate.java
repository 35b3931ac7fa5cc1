package io.framegate.watch.web;

import io.framegate.log.LogLimit;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What every request passes first: who may not ask is refused before anything else looks at the request, and only questions, GET and
 * HEAD without a body, go on. Thread-safe.
 */
final class WebGate implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    private final WebLogin login;
    private final @Nullable HostNames hosts;
    private final Handler<HttpServerRequest> behind;
    private final LogLimit lines = new LogLimit();

    /** For those who may log in; hosts are the names by which they may ask, null for any. */
    WebGate(WebLogin login, @Nullable HostNames hosts, Handler<HttpServerRequest> behind) {
        this.login = login;
        this.hosts = hosts;
        this.behind = behind;
    }

    @Override
    public void handle(HttpServerRequest request) {
        SecurityHeaders.add(request);
        HttpServerResponse response = request.response();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        HostAndPort authority = request.authority();
        if (!login.accepts(authorization)) {
            if (authorization == null) {
                // As every browser asks first.
                log(request, Level.INFO, "no credentials");
            } else {
                log(request, Level.WARN, "wrong credentials");
            }
            response.putHeader("WWW-Authenticate", login.challenges());
            refuse(request, 401, "Authorization: missing or wrong (expected: the user and password, or the token)");
        } else if (hosts != null && authority != null && !hosts.contain(authority.host())) {
            log(request, Level.WARN, "wrong host");
            refuse(
                    request,
                    403,
                    "Host: " + authority.host() + " (expected: localhost, an address, or framegate.web.host;"
                            + " with framegate.web.user any)");
        } else if (!isQuestion(request.method())) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            refuse(request, 405, request.method() + " (expected: GET or HEAD)");
        } else if (hasBody(request)) {
            refuse(request, 413, "a body (expected: none)");
        } else {
            behind.handle(request);
        }
    }

    private static boolean isQuestion(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        // Nobody reads the body, and what comes behind it on this connection waits for its end.
        boolean closes = request.version() != HttpVersion.HTTP_2 && hasBody(request);
        if (closes) {
            request.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .endHandler(sent -> request.connection().close());
        }
        GuardedServer.say(request, status, why);
    }

    private void log(HttpServerRequest request, Level level, String reason) {
        SocketAddress peer = request.remoteAddress();
        String host = peer == null ? "" : peer.hostAddress();
        lines.log(host, suppressed -> {
            LoggingEventBuilder line =
                    LOG.atLevel(level).addKeyValue("peer", String.valueOf(peer)).addKeyValue("reason", reason);
            (suppressed == 0 ? line : line.addKeyValue("suppressed", suppressed)).log("web request refused");
        });
    }
}
