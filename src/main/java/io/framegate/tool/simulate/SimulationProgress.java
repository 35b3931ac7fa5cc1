package io.framegate.tool.simulate;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints a line of counts and rates every few seconds. */
final class SimulationProgress {

    private final PrintWriter out;
    private final Tally tally;
    private final long startNanos;
    private long imagesBefore;
    private long bytesBefore;
    private long before;

    SimulationProgress(PrintWriter out, Tally tally, long startNanos) {
        this.out = out;
        this.tally = tally;
        this.startNanos = startNanos;
        this.before = startNanos;
    }

    void print() {
        long now = System.nanoTime();
        double seconds = Math.max(1e-9, (now - before) / 1e9);
        long images = tally.images.sum();
        long bytes = tally.bytes.sum();
        out.println(String.format(
                Locale.ROOT,
                "%ds images=%d images/s=%.0f MB/s=%.1f p99=%.1fms connected=%d lost=%d refused=%d answers=%s",
                (now - startNanos) / 1_000_000_000,
                images,
                (images - imagesBefore) / seconds,
                (bytes - bytesBefore) / seconds / 1e6,
                tally.latency().getValueAtPercentile(99) / 1000.0,
                tally.connected.sum(),
                tally.lostConnections.sum(),
                tally.refusedConnections.sum(),
                tally.answers()));
        imagesBefore = images;
        bytesBefore = bytes;
        before = now;
    }
}
