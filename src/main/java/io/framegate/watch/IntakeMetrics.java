package io.framegate.watch;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Connections, and what is between sockets and disks: metrics. */
public final class IntakeMetrics implements MeterBinder {

    private final ConnectionCount connections;
    private final InFlight inFlight;

    /** Of all listeners. */
    public IntakeMetrics(ConnectionCount connections, InFlight inFlight) {
        this.connections = connections;
        this.inFlight = inFlight;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.connections.open", connections, ConnectionCount::open)
                .description("Connections of cameras that are open")
                .register(registry);
        FunctionCounter.builder("framegate.connections.refused", connections, ConnectionCount::refused)
                .description("Connections beyond framegate.intake.max-connections, closed at once")
                .register(registry);
        Gauge.builder("framegate.inflight.packets", inFlight, InFlight::packets)
                .description("Packets in the routes")
                .register(registry);
        Gauge.builder("framegate.inflight", inFlight, InFlight::bytes)
                .description("Memory that packets take which are begun, wait or are in the routes")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("framegate.inflight.limit", inFlight, InFlight::limit)
                .description("At how much of it cameras wait: framegate.intake.memory")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }
}
