package io.framegate.tool.send;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints a line of counts on standard error every few seconds. */
final class SendProgress implements AutoCloseable {

    private static final Duration LINE = Duration.ofSeconds(3);

    private final SendReport report;
    private final PrintWriter err;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "frames-progress");
        thread.setDaemon(true);
        return thread;
    });
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
        long sent = report.sent();
        long bytes = report.bytes();
        err.println(String.format(
                Locale.ROOT,
                "frames=%d%s fps=%.1f KB/s=%.0f dropped=%d refused=%d reconnects=%d",
                sent,
                report.length() > 0 ? " of=" + report.length() : "",
                (sent - lastSent) / seconds,
                (bytes - lastBytes) / seconds / 1024,
                report.dropped(),
                report.refused(),
                report.reconnects()));
        err.flush();
        lastSent = sent;
        lastBytes = bytes;
        lastLine = now;
    }

    static String summary(SendReport report, double seconds) {
        return String.format(
                Locale.ROOT,
                "sent=%d dropped=%d refused=%d resent=%d reconnects=%d seconds=%.1f",
                report.sent(),
                report.dropped(),
                report.refused(),
                report.resent(),
                report.reconnects(),
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
