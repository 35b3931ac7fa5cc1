package io.framegate.tool.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a camera is to send and when: its schedule, its packets and their faults. On the camera's event loop. */
final class CameraScript {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int MAX_PIPELINED = 5;

    /** Packets that go in one write, and what is done to them. */
    record Scene(List<SimulatedPacket> packets, @Nullable Fault fault) {}

    private final int camera;
    private final Simulation run;
    private final FaultPlan plan;
    private long sequence;

    CameraScript(int camera, Simulation run) {
        this.camera = camera;
        this.run = run;
        this.plan = new FaultPlan(run.faults(), run.seed(), camera);
    }

    Random random() {
        return plan.random();
    }

    long due(long now) {
        return run.schedule().due(camera, sequence, now);
    }

    /** Whether the camera is to send no more, though it may be late with what it was to send. */
    boolean isOver(long now) {
        return run.schedule().isOver(due(now)) || run.schedule().isOver(now - PATIENCE_NANOS);
    }

    Scene next(long due, boolean firstOfConnection) {
        Fault fault = plan.next(firstOfConnection);
        Damage damage = fault == Fault.CORRUPT ? Damage.random(run.format(), random()) : Damage.NONE;
        int count = fault == Fault.PIPELINED ? 2 + random().nextInt(MAX_PIPELINED - 1) : 1;
        List<SimulatedPacket> packets = new ArrayList<>();
        for (int made = 0; made < count; made++) {
            packets.add(run.packets().make(camera, sequence++, due, damage));
        }
        if (fault != null) {
            run.tally().fault(damage == Damage.NONE ? fault.tag() : damage.tag());
        }
        return new Scene(packets, fault);
    }

    /** What was due and will not be sent. */
    void end() {
        run.tally().neverSent.add(run.schedule().remaining(camera, sequence));
    }
}
