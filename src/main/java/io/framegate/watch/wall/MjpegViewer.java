package io.framegate.watch.wall;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;

/**
 * Sends a camera's pictures to one viewer as they come, as parts of one endless answer. The next is sent when the viewer has taken the
 * one before, and it is the newest by then: who reads slowly misses some. A picture that none follows soon is sent twice, as Chromium
 * shows a part no sooner than the next one begins. All on the viewer's event loop, but for {@link #changed}.
 */
final class MjpegViewer {

    private static final String BOUNDARY = "framegate";
    private static final String NEXT = "--" + BOUNDARY + "\r\n";

    /** Little more than one picture waits for a viewer. */
    private static final int QUEUE_BYTES = 64 * 1024;

    private static final long REPEAT_MILLIS = 200;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final LiveCamera camera;
    private final Path images;
    private final Context context;
    private final Runnable watcher = this::changed;
    private long shown;
    private boolean busy;
    private boolean begun;
    private boolean repeat;
    private long timer = -1;

    MjpegViewer(Vertx vertx, HttpServerResponse response, LiveCamera camera, Path images) {
        this.vertx = vertx;
        this.response = response;
        this.camera = camera;
        this.images = images;
        this.context = vertx.getOrCreateContext();
    }

    /** Says what would be sent, without sending it. */
    HttpServerResponse head() {
        return response.setChunked(true)
                .setWriteQueueMaxSize(QUEUE_BYTES)
                .putHeader(HttpHeaders.CONTENT_TYPE, "multipart/x-mixed-replace; boundary=" + BOUNDARY)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Begins to send, until the viewer goes. */
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
        LiveImage image = state.newest();
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

    /** With the boundary of the next part behind it, as some players want it before they show this one. */
    private Buffer part(LiveImage image, Buffer bytes) {
        String head = "Content-Type: " + image.mediaType() + "\r\nContent-Length: " + bytes.length() + "\r\n\r\n";
        Buffer part = Buffer.buffer((begun ? "" : NEXT) + head);
        begun = true;
        return part.appendBuffer(bytes).appendString("\r\n" + NEXT);
    }
}
