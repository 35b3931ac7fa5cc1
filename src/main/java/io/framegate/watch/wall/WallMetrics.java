package io.framegate.watch.wall;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Metrics of known and silent cameras. */
public final class WallMetrics implements MeterBinder {

    private final Wall wall;

    public WallMetrics(Wall wall) {
        this.wall = wall;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.cameras.known", wall, Wall::size)
                .description("Cameras that have sent an event since the start, at most 2000")
                .register(registry);
        Gauge.builder("framegate.cameras.silent", wall, Wall::countSilent)
                .description("Cameras that are silent for longer than usual, or than framegate.web.silent-after")
                .register(registry);
    }
}
