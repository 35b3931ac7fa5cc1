package io.framegate.watch.wall;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How many cameras there are and how many of them are silent: metrics. */
public final class WallMetrics implements MeterBinder {

    private final Wall wall;

    /** Of the cameras on this wall. */
    public WallMetrics(Wall wall) {
        this.wall = wall;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.cameras.known", wall, Wall::size)
                .description("Cameras of which an event was read since the start, at most 2000")
                .register(registry);
        Gauge.builder("framegate.cameras.silent", wall, Wall::countSilent)
                .description("Of these, who has been silent for longer than usual, or than framegate.web.silent-after")
                .register(registry);
    }
}
