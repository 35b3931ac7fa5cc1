package io.framegate.watch.wall;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check: down while a camera is silent, if a time for that is configured. A camera's usual interval is only a
 * guess, good enough to mark the camera on the wall. Not part of the readiness, because the other cameras are served.
 */
public final class CamerasHealth extends AbstractHealthCheck {

    private static final int NAMED = 10;

    private final Wall wall;
    private final boolean certain;

    /**
     * Reports the cameras of a wall.
     *
     * @param certain whether a silent camera is a fault
     */
    public CamerasHealth(Wall wall, boolean certain) {
        super("framegate", "framegate-cameras");
        this.wall = wall;
        this.certain = certain;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<CameraState> silent = wall.silent();
        builder.detail("cameras", wall.size());
        builder.detail("silent", silent.size());
        if (silent.isEmpty() || !certain) {
            builder.up();
            return;
        }
        String names = silent.stream()
                .limit(NAMED)
                .map(camera -> camera.id() + " since " + camera.lastSeen().truncatedTo(ChronoUnit.SECONDS))
                .collect(Collectors.joining(", "));
        String more = silent.size() > NAMED ? " and " + (silent.size() - NAMED) + " more" : "";
        builder.message("silent for framegate.web.silent-after: " + names + more)
                .down();
    }
}
