package io.framegate.watch.wall;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;

/**
 * Sends a camera's pictures to one viewer as parts of an endless answer. After the viewer has read a picture, the
 * newest one is sent next: a slow viewer misses some. If no picture follows soon, the last one is sent again, because
 * Chromium shows a part only when the next one begins. Runs on the viewer's event loop, except for {@link #changed}.
 */
final class MjpegViewer {

    private static final String BOUNDARY = "framegate";
    private static final String NEXT = "--" + BOUNDARY + "\r\n";

    /** Limits the queue of a viewer to little more than one picture. */
    private static final int QUEUE_BYTES = 64 * 1024;

    private static final long REPEAT_MILLIS = 200;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final WallCamera camera;
    private final Path images;
    private final Context context;
    private final Runnable watcher = this::changed;
    private long shown;
    private boolean busy;
    private boolean begun;
    private boolean repeat;
    private long timer = -1;

    MjpegViewer(Vertx vertx, HttpServerResponse response, WallCamera camera, Path images) {
        this.vertx = vertx;
        this.response = response;
        this.camera = camera;
        this.images = images;
        this.context = vertx.getOrCreateContext();
    }

    /** Prepares the head of the answer. */
    HttpServerResponse head() {
        return response.setChunked(true)
                .setWriteQueueMaxSize(QUEUE_BYTES)
                .putHeader(HttpHeaders.CONTENT_TYPE, "multipart/x-mixed-replace; boundary=" + BOUNDARY)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Sends pictures until the viewer disconnects. */
    void open() {
        head();
        response.closeHandler(gone -> leave());
        response.exceptionHandler(gone -> leave());
        camera.watch(watcher);
        send();
    }

    private void leave() {
        camera.unwatch(watcher);
        vertx.cancelTimer(timer);
    }

    private void changed() {
        context.runOnContext(now -> send());
    }

    private void send() {
        CameraState state = camera.state();
        WallImage image = state.newest();
        boolean fresh = state.version() != shown;
        if (busy || image == null || !(fresh || repeat) || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> send());
            return;
        }
        busy = true;
        repeat = false;
        shown = state.version();
        vertx.cancelTimer(timer);
        vertx.fileSystem().readFile(images.resolve(image.path()).toString()).onComplete(read -> {
            busy = false;
            if (response.closed()) {
                return;
            }
            if (read.succeeded()) {
                response.write(part(image, read.result()));
                if (fresh) {
                    timer = vertx.setTimer(REPEAT_MILLIS, due -> sendAgain());
                }
            }
            send();
        });
    }

    private void sendAgain() {
        repeat = true;
        send();
    }

    /** A part, followed by the boundary of the next one: some players show a part only after that. */
    private Buffer part(WallImage image, Buffer bytes) {
        String head = "Content-Type: " + image.mediaType() + "\r\nContent-Length: " + bytes.length() + "\r\n\r\n";
        Buffer part = Buffer.buffer((begun ? "" : NEXT) + head);
        begun = true;
        return part.appendBuffer(bytes).appendString("\r\n" + NEXT);
    }
}
