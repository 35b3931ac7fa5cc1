package io.framegate;

import io.framegate.context.GatewayParts;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.settings.WebSettings;
import io.framegate.watch.MetricsRegistry;
import io.framegate.watch.diagram.RoutesServer;
import io.framegate.watch.diagram.StepCounts;
import io.framegate.watch.wall.GatewayStatus;
import io.framegate.watch.wall.WallServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The pages of the web port: the wall and the picture of the routes. */
final class Pages implements AutoCloseable {

    private final WallServer live;
    private final RoutesServer routes;

    /** Creates the pages, and counts steps if the web port is on. Call it before routes are loaded. */
    Pages(CamelContext context, Settings settings, GatewayParts parts) {
        MeterRegistry metrics = MetricsRegistry.of(context);
        Path images = Path.of(settings.get(StoreSettings.IMAGES));
        GatewayStatus status = new GatewayStatus(
                settings.get(WebSettings.NODE), parts.wall(), parts.outbox(), parts.disk(), images, metrics);
        live = new WallServer(parts.wall(), images, status, parts.connections()::bans, parts.budget());
        StepCounts steps = new StepCounts();
        if (settings.get(WebSettings.ENABLED)) {
            context.getCamelContextExtension().addInterceptStrategy(steps);
        }
        routes = new RoutesServer(context, steps, metrics, parts.refusedRoutes()::problems);
    }

    /** Serves the pages. The wall is last, because its files at the root handle all other paths. */
    void mount(VertxPlatformHttpRouter router) {
        routes.mount(router);
        live.mount(router.vertx(), router);
    }

    @Override
    public void close() {
        live.close();
    }
}
