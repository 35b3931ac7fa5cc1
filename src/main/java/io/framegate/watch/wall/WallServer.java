package io.framegate.watch.wall;

import io.framegate.image.ImageFormat;
import io.framegate.intake.Ban;
import io.framegate.settings.HeapShares;
import io.framegate.watch.web.PageFiles;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wall over HTTP: its page, pictures and feeds.
 *
 * <pre>
 * /                              the page
 * /api/cameras, /api/events      the recent events of the cameras, as JSON
 * /api/stream                    changes, as server-sent events
 * /api/bans                      the addresses that may not connect for a while, as JSON
 * /live/{camera}/latest.jpg      the newest picture; thumb.jpg, crop.jpg
 * /live/{camera}.mjpeg           every picture as it arrives
 * </pre>
 *
 * <p>Nothing blocks an event loop: Vert.x's worker threads read files, and another thread makes thumbnails. A slow
 * viewer gets fewer pictures; at most one is held in memory for it.
 */
public final class WallServer implements AutoCloseable {

    private static final String PAGE = "io/framegate/watch/wall/page";
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private final Wall wall;
    private final Path images;
    private final GatewayStatus status;
    private final Supplier<List<Ban>> bans;
    private final Thumbnails thumbnails;
    private @Nullable WallStream stream;

    /** Serves a wall whose images are below this directory. Small copies of pictures are made within this budget. */
    public WallServer(Wall wall, Path images, GatewayStatus status, Supplier<List<Ban>> bans, HeapShares budget) {
        this.wall = wall;
        this.images = images;
        this.status = status;
        this.bans = bans;
        this.thumbnails = new Thumbnails(images, budget);
    }

    /** Adds the addresses to the server. */
    public void mount(Vertx vertx, Router router) {
        WallStream events = new WallStream(vertx, wall, status);
        stream = events;
        router.route("/api/cameras").handler(this::cameras);
        router.route("/api/events").handler(this::events);
        router.route("/api/stream").handler(events::open);
        router.route("/api/bans").handler(context -> json(context, WallJson.text(WallJson.bans(bans.get()))));
        router.route("/live/:camera/latest.jpg").handler(context -> picture(context, newest(context)));
        router.route("/live/:camera/crop.jpg").handler(context -> picture(context, crop(context)));
        router.route("/live/:camera/thumb.jpg").handler(context -> thumbnail(context, newest(context)));
        router.route("/live/:camera/events/:number/image.jpg").handler(context -> picture(context, event(context)));
        router.route("/live/:camera/events/:number/thumb.jpg").handler(context -> thumbnail(context, event(context)));
        router.routeWithRegex("/live/(?<camera>[^/]+)\\.mjpeg").handler(context -> film(vertx, context));
        PageFiles.mount(router, PAGE);
    }

    private void film(Vertx vertx, RoutingContext context) {
        WallCamera camera = camera(context);
        if (camera == null) {
            context.response().setStatusCode(404).end();
            return;
        }
        MjpegViewer viewer = new MjpegViewer(vertx, context.response(), camera, images);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            viewer.head().end();
        } else {
            viewer.open();
        }
    }

    private @Nullable WallCamera camera(RoutingContext context) {
        return wall.camera(context.pathParam("camera"));
    }

    private void cameras(RoutingContext context) {
        List<CameraState> all = wall.changedSince(-1);
        json(context, WallJson.text(WallJson.cameras(wall.now(), all)));
    }

    private void events(RoutingContext context) {
        EventQuery query;
        try {
            query = EventQuery.of(context.queryParams());
        } catch (IllegalArgumentException e) {
            context.response()
                    .setStatusCode(400)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .end(e.getMessage() + "\n");
            return;
        }
        json(context, WallJson.text(WallJson.events(wall.recent(query, query.limit()))));
    }

    private static void json(RoutingContext context, String json) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json);
    }

    private @Nullable WallImage newest(RoutingContext context) {
        WallCamera camera = camera(context);
        return camera == null ? null : camera.state().newest();
    }

    /** The newest crop of any scene: the next scene may have replaced the crop that the viewer knows. */
    private @Nullable WallImage crop(RoutingContext context) {
        return recent(context)
                .map(WallEvent::image)
                .filter(image -> image != null && image.isCrop())
                .findFirst()
                .orElse(null);
    }

    private @Nullable WallImage event(RoutingContext context) {
        return recent(context)
                .filter(event -> Long.toString(event.number()).equals(context.pathParam("number")))
                .findFirst()
                .map(WallEvent::image)
                .orElse(null);
    }

    private Stream<WallEvent> recent(RoutingContext context) {
        WallCamera camera = camera(context);
        return camera == null ? Stream.empty() : camera.recent().stream();
    }

    private void picture(RoutingContext context, @Nullable WallImage image) {
        HttpServerResponse response = context.response();
        if (image == null) {
            response.setStatusCode(404).end();
            return;
        }
        String tag = '"' + image.tag() + '"';
        boolean versioned = context.request().getParam("v") != null;
        response.putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, versioned ? FOR_EVER : "no-cache");
        if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, image.mediaType());
        response.sendFile(images.resolve(image.path()).toString()).onFailure(gone -> {
            if (!response.ended() && !response.headWritten()) {
                // Otherwise a browser would cache the 404 forever.
                response.headers().remove(HttpHeaders.CACHE_CONTROL).remove(HttpHeaders.ETAG);
                response.setStatusCode(404).end();
            }
        });
    }

    private void thumbnail(RoutingContext context, @Nullable WallImage image) {
        Thumbnails.Small small = image == null ? Thumbnails.Small.NONE : thumbnails.small(image);
        if (image == null || small == Thumbnails.Small.ORIGINAL) {
            picture(context, image);
            return;
        }
        HttpServerResponse response = context.response();
        if (small == Thumbnails.Small.NONE) {
            response.setStatusCode(404).end();
            return;
        }
        thumbnails.of(image).whenComplete((copy, failure) -> context.vertx().runOnContext(back -> {
            if (response.ended() || response.closed()) {
                return;
            }
            if (failure != null) {
                response.setStatusCode(404).end();
            } else {
                response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType(image, copy))
                        .putHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                        .end(Buffer.buffer(copy));
            }
        }));
    }

    /** A small copy may have another format than its image. */
    private static String mediaType(WallImage image, byte[] copy) {
        ImageFormat format = ImageFormat.of(copy);
        return format == null ? image.mediaType() : format.mediaType();
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
        thumbnails.close();
    }
}
