package io.framegate.watch.wall;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wall over HTTP: the page, its pictures and feeds, on the server that Camel has for metrics and health.
 *
 * <pre>
 * /                              the page
 * /api/cameras, /api/events      what the cameras have sent last, as JSON
 * /api/stream                    the same as it changes, as server-sent events
 * /live/{camera}/latest.jpg      the newest picture; thumb.jpg, crop.jpg
 * /live/{camera}.mjpeg           every picture as it comes
 * </pre>
 *
 * <p>Nothing here waits on an event loop: files are read by Vert.x's own threads, copies are made by another. A viewer that does not
 * read gets fewer pictures, and at most one is held for it.
 */
public final class LiveServer implements AutoCloseable {

    private static final String PAGE = "io/framegate/watch/wall/page";
    private static final Pattern FILE = Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*){1,3}");
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private final Wall wall;
    private final Path images;
    private final LiveStatus status;
    private final Thumbnails thumbnails;
    private @Nullable LiveStream stream;

    /** Shows this wall, whose images are below this directory. */
    public LiveServer(Wall wall, Path images, LiveStatus status) {
        this.wall = wall;
        this.images = images;
        this.status = status;
        this.thumbnails = new Thumbnails(images);
    }

    /** Adds its pages to the server's. */
    public void mount(Vertx vertx, Router router) {
        LiveStream events = new LiveStream(vertx, wall, status);
        stream = events;
        get(router, "/api/cameras", this::cameras);
        get(router, "/api/events", this::events);
        get(router, "/api/stream", events::open);
        get(router, "/live/:camera/latest.jpg", context -> picture(context, newest(context)));
        get(router, "/live/:camera/crop.jpg", context -> picture(context, crop(context)));
        get(router, "/live/:camera/thumb.jpg", context -> thumbnail(context, newest(context)));
        get(router, "/live/:camera/events/:number/image.jpg", context -> picture(context, event(context)));
        get(router, "/live/:camera/events/:number/thumb.jpg", context -> thumbnail(context, event(context)));
        get(router.routeWithRegex("/live/(?<camera>[^/]+)\\.mjpeg"), context -> film(vertx, context));
        get(router, "/*", page());
    }

    /** Vert.x looks through the whole jar for each file that there is not: a tenth of a second that anybody could ask for. */
    private static Handler<RoutingContext> page() {
        StaticHandler files = StaticHandler.create(FileSystemAccess.RELATIVE, PAGE)
                .setCacheEntryTimeout(60_000)
                .setMaxAgeSeconds(0)
                .setIncludeHidden(false);
        ClassLoader jar = LiveServer.class.getClassLoader();
        return context -> {
            String path = context.normalizedPath();
            boolean isThere =
                    path.equals("/") || (FILE.matcher(path).matches() && jar.getResource(PAGE + path) != null);
            if (isThere) {
                files.handle(context);
            } else {
                context.next();
            }
        };
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        get(router.route(path), handler);
    }

    private static void get(Route route, Handler<RoutingContext> handler) {
        route.method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private void film(Vertx vertx, RoutingContext context) {
        LiveCamera camera = camera(context);
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

    private @Nullable LiveCamera camera(RoutingContext context) {
        return wall.camera(context.pathParam("camera"));
    }

    private void cameras(RoutingContext context) {
        List<CameraState> all = wall.changedSince(-1);
        json(context, LiveJson.text(LiveJson.cameras(wall.now(), all)));
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
        json(context, LiveJson.text(LiveJson.events(wall.recent(query, query.limit()))));
    }

    private static void json(RoutingContext context, String json) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json);
    }

    private @Nullable LiveImage newest(RoutingContext context) {
        LiveCamera camera = camera(context);
        return camera == null ? null : camera.state().newest();
    }

    /** The newest there is, because the one that a viewer has been told of may have made place for its successor's scene. */
    private @Nullable LiveImage crop(RoutingContext context) {
        LiveCamera camera = camera(context);
        return camera == null
                ? null
                : camera.recent().stream()
                        .map(LiveEvent::image)
                        .filter(image -> image != null && image.isCrop())
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable LiveImage event(RoutingContext context) {
        LiveCamera camera = camera(context);
        return camera == null
                ? null
                : camera.recent().stream()
                        .filter(event -> Long.toString(event.number()).equals(context.pathParam("number")))
                        .findFirst()
                        .map(LiveEvent::image)
                        .orElse(null);
    }

    private void picture(RoutingContext context, @Nullable LiveImage image) {
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
                // Or a browser would keep for ever that there is none.
                response.headers().remove(HttpHeaders.CACHE_CONTROL).remove(HttpHeaders.ETAG);
                response.setStatusCode(404).end();
            }
        });
    }

    private void thumbnail(RoutingContext context, @Nullable LiveImage image) {
        if (image == null || Thumbnails.isSmall(image)) {
            picture(context, image);
            return;
        }
        HttpServerResponse response = context.response();
        thumbnails.of(image).whenComplete((copy, failure) -> context.vertx().runOnContext(back -> {
            if (response.ended() || response.closed()) {
                return;
            }
            if (failure != null) {
                response.setStatusCode(404).end();
            } else {
                response.putHeader(
                                HttpHeaders.CONTENT_TYPE,
                                image.mediaType().equals("image/webp") ? "image/jpeg" : image.mediaType())
                        .putHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                        .end(Buffer.buffer(copy));
            }
        }));
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
        thumbnails.close();
    }
}
