package io.framegate.tool.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides the schedule of a camera, its packets, and their faults. For the event loop of the camera. */
final class CameraScript {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int MAX_PIPELINED = 5;

    /** Packets for one write, and their fault. */
    record Scene(List<SimulatedPacket> packets, @Nullable Fault fault) {}

    private final int camera;
    private final Simulation simulation;
    private final FaultPlan plan;
    private long sequence;

    CameraScript(int camera, Simulation simulation) {
        this.camera = camera;
        this.simulation = simulation;
        this.plan = new FaultPlan(simulation.faults(), simulation.seed(), camera);
    }

    Random random() {
        return plan.random();
    }

    long due(long now) {
        return simulation.schedule().due(camera, sequence, now);
    }

    /** Returns whether the camera is done, or so late that it drops its remaining packets. */
    boolean isOver(long now) {
        return simulation.schedule().isOver(due(now)) || simulation.schedule().isOver(now - PATIENCE_NANOS);
    }

    Scene next(long due, boolean firstOfConnection) {
        Fault fault = plan.next(firstOfConnection);
        Damage damage = fault == Fault.CORRUPT ? Damage.random(simulation.format(), random()) : Damage.NONE;
        int count = fault == Fault.PIPELINED ? 2 + random().nextInt(MAX_PIPELINED - 1) : 1;
        List<SimulatedPacket> packets = new ArrayList<>();
        for (int made = 0; made < count; made++) {
            packets.add(simulation.packets().make(camera, sequence++, due, damage));
        }
        if (fault != null) {
            simulation.tally().fault(damage == Damage.NONE ? fault.tag() : damage.tag());
        }
        return new Scene(packets, fault);
    }

    /** Counts the packets that were due and are not sent. */
    void end() {
        simulation.tally().neverSent.add(simulation.schedule().remaining(camera, sequence));
    }
}
