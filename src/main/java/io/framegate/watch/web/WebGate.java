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
 * The first handler of every request: checks login and host name, and passes on only GET and HEAD without a body. An
 * address that has sent too many wrong passwords waits for up to a minute. Thread-safe.
 */
final class WebGate implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    private final WebLogin login;
    private final @Nullable HostNames hosts;
    private final Handler<HttpServerRequest> next;
    private final WrongPasswords wrong = new WrongPasswords(System::nanoTime);
    private final LogLimit lines = new LogLimit();

    /** Passes accepted requests to the next handler; hosts are the accepted host names, null for any. */
    WebGate(WebLogin login, @Nullable HostNames hosts, Handler<HttpServerRequest> next) {
        this.login = login;
        this.hosts = hosts;
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        SecurityHeaders.add(request);
        HttpServerResponse response = request.response();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        HostAndPort authority = request.authority();
        // Checked before the password. Otherwise the answer would reveal whether the password is right.
        long wait = authorization == null ? 0 : wrong.secondsToWait(host(request));
        if (wait > 0) {
            log(request, Level.WARN, "too many wrong credentials");
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
            refuse(
                    request,
                    429,
                    "wrong passwords or tokens of this address in a minute: " + WrongPasswords.MOST
                            + " (expected: none for " + wait + " s)");
        } else if (!login.accepts(authorization)) {
            challenge(request, authorization);
        } else if (hosts != null && authority != null && !hosts.contain(authority.host())) {
            log(request, Level.WARN, "wrong host");
            refuse(
                    request,
                    403,
                    "Host: " + authority.host() + " (expected: localhost, an address, or framegate.web.host;"
                            + " with framegate.web.user any)");
        } else if (!isRead(request.method())) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            refuse(request, 405, request.method() + " (expected: GET or HEAD)");
        } else if (hasBody(request)) {
            refuse(request, 413, "a body (expected: none)");
        } else {
            next.handle(request);
        }
    }

    private void challenge(HttpServerRequest request, @Nullable String authorization) {
        if (authorization == null) {
            // Every browser does this once before it asks for a login.
            log(request, Level.INFO, "no credentials");
        } else {
            wrong.add(host(request));
            log(request, Level.WARN, "wrong credentials");
        }
        request.response().putHeader("WWW-Authenticate", login.challenges());
        refuse(request, 401, "Authorization: missing or wrong (expected: the user and password, or the token)");
    }

    private static String host(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        String host = peer == null ? null : peer.hostAddress();
        return host == null ? "" : host;
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        // The body is not read, so the next request on this connection would wait forever.
        boolean closes = request.version() != HttpVersion.HTTP_2 && hasBody(request);
        if (closes) {
            request.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .endHandler(sent -> request.connection().close());
        }
        GuardedServer.say(request, status, why);
    }

    private void log(HttpServerRequest request, Level level, String reason) {
        lines.log(host(request), suppressed -> {
            LoggingEventBuilder line = LOG.atLevel(level)
                    .addKeyValue("peer", String.valueOf(request.remoteAddress()))
                    .addKeyValue("reason", reason);
            (suppressed == 0 ? line : line.addKeyValue("suppressed", suppressed)).log("web request refused");
        });
    }
}
