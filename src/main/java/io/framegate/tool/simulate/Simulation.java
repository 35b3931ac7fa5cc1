package io.framegate.tool.simulate;

import io.framegate.tool.Connection;
import io.framegate.tool.FrameClient;
import io.framegate.wire.FrameEncoding;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;

/**
 * The objects that the cameras of a run share, and the run itself.
 *
 * @param gateways the cameras begin at all of them in turn; a camera goes to the next one when its gateway is gone
 * @param finished counted down by each camera at its end
 */
record Simulation(
        List<FrameClient> gateways,
        FrameEncoding format,
        Schedule schedule,
        Set<Fault> faults,
        long seed,
        PacketMaker packets,
        Tally tally,
        CountDownLatch finished) {

    private static final int TRIES = 10;
    private static final long TRY_AGAIN_MILLIS = 500;
    private static final long PROGRESS_SECONDS = 5;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Returns the gateway for this turn. */
    FrameClient gateway(int turn) {
        return gateways.get(turn % gateways.size());
    }

    /** Returns whether the gateway listens. */
    static boolean isThere(FrameClient client) {
        try (Connection connection = Connection.open(client, false)) {
            return connection.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits about five seconds for the gateway to listen. */
    static void awaitGateway(FrameClient client) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int tried = 1; ; tried++) {
            try {
                Connection.open(client, false).close();
                return;
            } catch (IOException e) {
                if (tried == TRIES) {
                    String expected = e instanceof SSLException ? "" : " (expected: a gateway that listens there)";
                    throw new IOException(
                            "gateway " + client.to() + ", " + TRIES + " times: " + e.getMessage() + expected, e);
                }
            }
            if (never.await(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** Runs the cameras until each has sent its due packets, and returns how long that took, in nanoseconds. */
    long run(SimulationProgress progress) throws InterruptedException {
        List<SimulatedCamera> cameras = IntStream.range(0, schedule.cameras())
                .mapToObj(number -> new SimulatedCamera(number, this))
                .toList();
        cameras.forEach(SimulatedCamera::start);
        boolean patient = true;
        while (!finished.await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
            progress.print();
            if (patient && schedule.isOver(System.nanoTime() - GRACE_NANOS)) {
                patient = false;
                cameras.forEach(SimulatedCamera::abandon);
            }
        }
        return System.nanoTime() - schedule.startNanos();
    }
}
