package io.framegate.log;

import io.netty.util.internal.OutOfDirectMemoryError;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process after an {@link OutOfMemoryError}, with one line and an exit code. The thread that got the error may
 * have left any work half done, so a supervisor must start the gateway again. No stored image is lost: a start finds
 * the same state as after kill -9.
 *
 * <p>Libraries catch the error in many places. Those that report it nowhere else write it to the log, which passes
 * every failure to {@link #endIfIn}. A lack of direct memory closes only the connection that asked for it, because the
 * close releases memory. It ends the process if it lasts for half a minute. Thread-safe.
 */
public final class OutOfMemory {

    /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}, which ends the process before this class can. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");

    /** The memory that the log line needs. */
    private static final int RESERVE = 1 << 20;

    private static final long LINE_MILLIS = 2000;

    private static final long DIRECT_LACKED_NANOS = 30_000_000_000L;
    private static final long DIRECT_RECOVERED_NANOS = 10_000_000_000L;

    /** Causes may form a cycle. */
    private static final int DEEPEST = 20;

    private static volatile @Nullable OutOfMemory watch;

    private final CountDownLatch happened = new CountDownLatch(1);
    private final Thread end = new Thread(this::end, "framegate-out-of-memory");

    @SuppressWarnings("UnusedVariable") // It exists only to be released.
    private volatile byte @Nullable [] reserve = new byte[RESERVE];

    private volatile String reason = "";
    private long directLackedSince;
    private long directLackedAt;

    private OutOfMemory() {
        end.setDaemon(true);
    }

    /** Starts to watch. Before this call, no error ends the process. */
    public static void watch() {
        OutOfMemory begun = new OutOfMemory();
        // A thread that is created after the error may get no stack.
        begun.end.start();
        watch = begun;
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIfIn(failure);
            LOG.error("thread {} failed", thread.getName(), failure);
        });
    }

    /** Ends the process if the failure, or a cause of it, reports a full heap. */
    public static void endIfIn(@Nullable Throwable failure) {
        OutOfMemory watching = watch;
        Throwable cause = failure;
        for (int depth = 0; watching != null && cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof OutOfMemoryError error && (!isDirect(error) || watching.lacksDirectForLong())) {
                watching.happened(String.valueOf(error.getMessage()));
            }
            cause = cause.getCause();
        }
    }

    /**
     * The JDK has no class for a lack of direct memory: "Cannot reserve 4194304 bytes of direct buffer memory (...)".
     */
    private static boolean isDirect(OutOfMemoryError error) {
        return error instanceof OutOfDirectMemoryError
                || String.valueOf(error.getMessage()).contains("direct buffer memory");
    }

    private synchronized boolean lacksDirectForLong() {
        long now = System.nanoTime();
        if (directLackedAt == 0 || now - directLackedAt > DIRECT_RECOVERED_NANOS) {
            directLackedSince = now;
        }
        directLackedAt = now;
        return now - directLackedSince > DIRECT_LACKED_NANOS;
    }

    /** Does not return: this thread must not go on with an inconsistent state. */
    private void happened(String message) {
        reserve = null;
        reason = message;
        happened.countDown();
        try {
            // The reader of standard output may be stuck.
            end.join(LINE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private void end() {
        try {
            happened.await();
            LOG.atError()
                    .addKeyValue("failure", reason)
                    .addKeyValue("max-heap", Runtime.getRuntime().maxMemory())
                    .addKeyValue("exit-code", EXIT_CODE)
                    .log("out of memory, the process ends");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
