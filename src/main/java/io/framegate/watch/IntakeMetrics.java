package io.framegate.watch;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Metrics of connections, and of packets between socket and disk. */
public final class IntakeMetrics implements MeterBinder {

    private final ConnectionCount connections;
    private final InFlight inFlight;

    public IntakeMetrics(ConnectionCount connections, InFlight inFlight) {
        this.connections = connections;
        this.inFlight = inFlight;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.connections.open", connections, ConnectionCount::open)
                .description("Open connections of cameras")
                .register(registry);
        FunctionCounter.builder("framegate.connections.refused", connections, ConnectionCount::refused)
                .description("Connections closed at once because of framegate.intake.max-connections")
                .register(registry);
        Gauge.builder("framegate.inflight.packets", inFlight, InFlight::packets)
                .description("Packets in the routes")
                .register(registry);
        Gauge.builder("framegate.inflight", inFlight, InFlight::bytes)
                .description("Memory of packets that are arriving, waiting or in the routes")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("framegate.inflight.limit", inFlight, InFlight::limit)
                .description("Memory at which cameras wait: framegate.intake.memory")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }
}
