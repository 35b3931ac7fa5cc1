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
 * Keeps those who look from using up the files that a process may have open, which cameras need too: closes connections beyond so many
 * at once, and those that have asked nothing for a while. An answer that goes on, a film or a stream, is no silence. Thread-safe.
 */
final class WebConnections {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    /** A browser has six; file limits of 1024 are usual. */
    private static final int MOST = 300;

    private static final long SILENT_NANOS = 30_000_000_000L;
    private static final long LOOKS_MILLIS = 5_000;

    /** What a connection is used for: one answer after the other. */
    private static final class Use {
        private @Nullable HttpServerResponse answer;
        private long idleSince = System.nanoTime();

        synchronized void begin(HttpServerResponse next) {
            answer = next;
        }

        /** Asked again and again. */
        synchronized boolean isSilent() {
            long now = System.nanoTime();
            if (answer != null && !answer.ended()) {
                idleSince = now;
            }
            return now - idleSince > SILENT_NANOS;
        }
    }

    private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();
    private final LogLimit lines = new LogLimit();

    /** Watches a server's connections from its start on, until its Vert.x is closed. */
    void watch(Vertx vertx, HttpServer server) {
        server.connectionHandler(this::opened);
        vertx.setPeriodic(
                LOOKS_MILLIS,
                look -> open.forEach((connection, use) -> {
                    if (use.isSilent()) {
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

    /** A request's answer begins now. */
    void answers(HttpServerRequest request) {
        Use use = open.get(request.connection());
        if (use != null) {
            use.begin(request.response());
        }
    }
}
