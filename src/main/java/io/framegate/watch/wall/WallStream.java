package io.framegate.watch.wall;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends changes to viewers as server-sent events: all cameras first, then the changed ones four times a second, and the
 * gateway's status once a second. A viewer whose queue is full is skipped and gets the accumulated changes later. Does
 * nothing without viewers.
 */
final class WallStream implements AutoCloseable {

    private static final long TICK_MILLIS = 250;
    private static final int TICKS_OF_STATUS = 4;
    private static final int QUEUE_BYTES = 256 * 1024;

    /** A connected viewer; used on one event loop only. */
    private static final class Viewer {
        private final HttpServerResponse response;
        private long seen;
        private long forgotten;

        Viewer(HttpServerResponse response) {
            this.response = response;
        }
    }

    private final Vertx vertx;
    private final Wall wall;
    private final GatewayStatus status;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private long timer = -1;
    private long ticks;

    WallStream(Vertx vertx, Wall wall, GatewayStatus status) {
        this.vertx = vertx;
        this.wall = wall;
        this.status = status;
    }

    /** Answers a request until the viewer disconnects. */
    void open(RoutingContext request) {
        HttpServerResponse response = request.response();
        response.setChunked(true)
                .setWriteQueueMaxSize(QUEUE_BYTES)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        Viewer viewer = new Viewer(response);
        response.closeHandler(gone -> leave(viewer));
        response.exceptionHandler(gone -> leave(viewer));
        sendAll(viewer);
        send(viewer, "status", WallJson.text(status.json()));
        join(viewer);
    }

    private synchronized void join(Viewer viewer) {
        viewers.add(viewer);
        if (timer < 0) {
            timer = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
        }
    }

    private synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
        if (viewers.isEmpty() && timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void tick() {
        boolean withStatus = ++ticks % TICKS_OF_STATUS == 0;
        String now = withStatus ? WallJson.text(status.json()) : "";
        for (Iterator<Viewer> each = viewers.iterator(); each.hasNext(); ) {
            Viewer viewer = each.next();
            if (viewer.response.writeQueueFull()) {
                continue;
            }
            if (withStatus && viewer.forgotten != wall.forgotten()) {
                sendAll(viewer);
            }
            long before = wall.lastChange();
            List<CameraState> changed = wall.changedSince(viewer.seen);
            viewer.seen = before;
            if (!changed.isEmpty()) {
                send(viewer, "camera", WallJson.text(WallJson.cameras(changed)));
            }
            if (withStatus) {
                send(viewer, "status", now);
            }
        }
    }

    /** Sends the whole list, so that the viewer drops cameras that the wall has dropped. */
    private void sendAll(Viewer viewer) {
        viewer.forgotten = wall.forgotten();
        viewer.seen = wall.lastChange();
        send(viewer, "cameras", WallJson.text(WallJson.cameras(wall.now(), wall.changedSince(-1))));
    }

    private static void send(Viewer viewer, String event, String data) {
        viewer.response.write("event: " + event + "\ndata: " + data + "\n\n");
    }

    @Override
    public synchronized void close() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
