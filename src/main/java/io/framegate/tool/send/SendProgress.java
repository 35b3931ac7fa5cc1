package io.framegate.tool.send;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** Prints a line of counts on standard error every few seconds. */
final class SendProgress implements AutoCloseable {

    private static final Duration LINE = Duration.ofSeconds(3);

    private final SendReport report;
    private final PrintWriter err;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "frames-progress", true));
    private long lastSent;
    private long lastBytes;
    private long lastLine = System.nanoTime();

    SendProgress(SendReport report, PrintWriter err) {
        this.report = report;
        this.err = err;
    }

    void start() {
        clock.scheduleAtFixedRate(this::print, LINE.toMillis(), LINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void print() {
        long now = System.nanoTime();
        double seconds = (now - lastLine) / 1e9;
        long sent = report.sent.sum();
        long bytes = report.bytes.sum();
        err.println(String.format(
                Locale.ROOT,
                "frames=%d%s fps=%.1f KB/s=%.0f dropped=%d refused=%d reconnects=%d",
                sent,
                report.length() > 0 ? " of=" + report.length() : "",
                (sent - lastSent) / seconds,
                (bytes - lastBytes) / seconds / 1024,
                report.dropped.sum(),
                report.refused.sum(),
                report.reconnects.sum()));
        lastSent = sent;
        lastBytes = bytes;
        lastLine = now;
    }

    static String summary(SendReport report, double seconds) {
        return String.format(
                Locale.ROOT,
                "sent=%d dropped=%d refused=%d resent=%d reconnects=%d seconds=%.1f",
                report.sent.sum(),
                report.dropped.sum(),
                report.refused.sum(),
                report.resent.sum(),
                report.reconnects.sum(),
                seconds);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
