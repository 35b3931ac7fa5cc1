package io.framegate.watch;

import io.framegate.reload.DirectRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check: down while a listener's route is stopped, while no route listens and the gateway is no worker, or while
 * a route that images go through is missing. Part of the readiness.
 */
public final class ListenerHealth extends AbstractHealthCheck {

    private final CamelContext context;

    public ListenerHealth(CamelContext context) {
        super("framegate", "framegate-listeners");
        this.context = context;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> listening = new ArrayList<>();
        List<String> stopped = new ArrayList<>();
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof NettyEndpoint listener) {
                boolean started = context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted();
                String address = listener.getConfiguration().getHost() + ":"
                        + listener.getConfiguration().getPort();
                (started ? listening : stopped).add(route.getRouteId() + " " + address);
            }
        }
        builder.detail("listening", String.join(", ", listening));
        Set<String> unread = DirectRoutes.unread(context);
        boolean receives = !listening.isEmpty() || context.getRoutes().stream().anyMatch(ListenerHealth::isWorker);
        if (stopped.isEmpty() && receives && !unread.isEmpty()) {
            builder.message("no route reads from " + String.join(", ", unread)
                            + ": images sent there are not stored (a route file was deleted or renamed)")
                    .down();
        } else if (stopped.isEmpty() && receives) {
            builder.up();
        } else {
            builder.message(
                            stopped.isEmpty()
                                    ? "no route listens: cameras cannot connect"
                                    : "cameras cannot connect to " + String.join(", ", stopped)
                                            + ": the route is stopped")
                    .down();
        }
    }

    /** Whether a route gets images from a broker instead of cameras. */
    public static boolean isWorker(Route route) {
        return route.getEndpoint().getEndpointBaseUri().matches("(kafka|jms):.*");
    }
}
