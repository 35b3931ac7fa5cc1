package io.framegate.watch.web;

import io.framegate.log.LogLimit;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps viewers from using up the file descriptors that cameras need: closes connections above a limit, and connections
 * that are idle. A running answer, a film or a stream, is not idle. Thread-safe.
 */
final class WebConnections {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    /** A browser opens six; a limit of 1024 open files is usual. */
    private static final int MOST = 300;

    private static final long IDLE_NANOS = 30_000_000_000L;
    private static final long CHECK_MILLIS = 5_000;

    /** The current answer of a connection, and the time at which the connection became idle. */
    private static final class Use {
        private @Nullable HttpServerResponse answer;
        private long idleSince = System.nanoTime();

        synchronized void begin(HttpServerResponse next) {
            answer = next;
        }

        /** Called periodically. */
        synchronized boolean isIdle() {
            long now = System.nanoTime();
            if (answer != null && !answer.ended()) {
                idleSince = now;
            }
            return now - idleSince > IDLE_NANOS;
        }
    }

    private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();
    private final LogLimit lines = new LogLimit();

    /** Watches the connections of a server until its Vert.x is closed. */
    void watch(Vertx vertx, HttpServer server) {
        server.connectionHandler(this::opened);
        vertx.setPeriodic(
                CHECK_MILLIS,
                look -> open.forEach((connection, use) -> {
                    if (use.isIdle()) {
                        connection.close();
                    }
                }));
    }

    private void opened(HttpConnection connection) {
        if (open.size() >= MOST) {
            String peer = String.valueOf(connection.remoteAddress());
            lines.log("", suppressed -> LOG.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("open", MOST)
                    .addKeyValue("suppressed", suppressed)
                    .log("web connection refused: too many"));
            connection.close();
            return;
        }
        open.put(connection, new Use());
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** Records that the answer to a request begins. */
    void answers(HttpServerRequest request) {
        Use use = open.get(request.connection());
        if (use != null) {
            use.begin(request.response());
        }
    }
}
