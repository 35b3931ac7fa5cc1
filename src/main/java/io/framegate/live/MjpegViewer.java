package io.framegate.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;

/**
 * Sends a camera's pictures to one viewer as they come, as parts of one endless answer. The next is sent when the viewer has taken the
 * one before, and it is the newest by then: who reads slowly misses some. All on the viewer's event loop, but for {@link #changed}.
 */
final class MjpegViewer {

    private static final String BOUNDARY = "framegate";
    private static final String NEXT = "--" + BOUNDARY + "\r\n";

    /** Little more than one picture waits for a viewer. */
    private static final int QUEUE_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final LiveCamera camera;
    private final Path images;
    private final Context context;
    private final Runnable watcher = this::changed;
    private long shown;
    private boolean busy;
    private boolean begun;

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
        response.closeHandler(gone -> camera.unwatch(watcher));
        response.exceptionHandler(gone -> camera.unwatch(watcher));
        camera.watch(watcher);
        send();
    }

    private void changed() {
        context.runOnContext(now -> send());
    }

    private void send() {
        CameraState state = camera.state();
        LiveImage image = state.newest();
        if (busy || image == null || state.version() == shown || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> send());
            return;
        }
        busy = true;
        shown = state.version();
        vertx.fileSystem().readFile(images.resolve(image.path()).toString()).onComplete(read -> {
            busy = false;
            if (response.closed()) {
                return;
            }
            if (read.succeeded()) {
                response.write(part(image, read.result()));
            }
            send();
        });
    }

    /** With the boundary of the next part behind it, or a browser would show it no sooner than that comes. */
    private Buffer part(LiveImage image, Buffer bytes) {
        String head = "Content-Type: " + image.mediaType() + "\r\nContent-Length: " + bytes.length() + "\r\n\r\n";
        Buffer part = Buffer.buffer((begun ? "" : NEXT) + head);
        begun = true;
        return part.appendBuffer(bytes).appendString("\r\n" + NEXT);
    }
}
