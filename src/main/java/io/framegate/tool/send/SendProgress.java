package io.framegate.tool.send;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells on standard error how far it is: a bar on a terminal if the number of frames is known, else a line now and then. */
final class SendProgress implements AutoCloseable {

    private static final Duration LINE = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(250);

    private final SendReport report;
    private final PrintWriter err;
    private final boolean terminal = isTerminal();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "frames-progress");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ProgressBar bar;
    private long lastSent;
    private long lastBytes;
    private long lastLine = System.nanoTime();

    SendProgress(SendReport report, PrintWriter err) {
        this.report = report;
        this.err = err;
    }

    void start() {
        clock.scheduleAtFixedRate(this::tell, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell() {
        long now = System.nanoTime();
        if (terminal && report.length() > 0) {
            step();
        } else if (now - lastLine >= LINE.toNanos()) {
            line((now - lastLine) / 1e9);
            lastLine = now;
        }
    }

    private void step() {
        ProgressBar shown = bar;
        if (shown == null) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.err), true, Charset.defaultCharset());
            shown = new ProgressBarBuilder()
                    .setTaskName("frames")
                    .setInitialMax(report.length())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(out, 100))
                    .showSpeed()
                    .build();
            bar = shown;
        }
        shown.stepTo(report.done());
        shown.setExtraMessage(" reconnects=" + report.reconnects());
    }

    private void line(double seconds) {
        long sent = report.sent();
        long bytes = report.bytes();
        err.println(String.format(
                Locale.ROOT,
                "frames=%d fps=%.1f KB/s=%.0f dropped=%d refused=%d reconnects=%d",
                sent,
                (sent - lastSent) / seconds,
                (bytes - lastBytes) / seconds / 1024,
                report.dropped(),
                report.refused(),
                report.reconnects()));
        err.flush();
        lastSent = sent;
        lastBytes = bytes;
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

    /** Java does not know; Linux does. Elsewhere lines do. */
    private static boolean isTerminal() {
        try {
            String error = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return error.startsWith("/dev/pts/") || error.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (bar != null) {
            step();
            bar.close();
        }
    }
}
