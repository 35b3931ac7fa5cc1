package io.framegate.tool.send;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what became of the frames of one source, and holds how the run ended. Thread-safe. */
public final class SendReport {

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile long length = -1;
    private volatile int refusal;
    private volatile @Nullable Throwable failure;

    void opened(long frames) {
        length = frames;
    }

    void countSent(int length) {
        sent.incrementAndGet();
        bytes.addAndGet(length);
    }

    void countDropped() {
        dropped.incrementAndGet();
    }

    void countRefused(int status) {
        refusal = status;
        refused.incrementAndGet();
    }

    /** Returns why not all frames were sent although nothing failed, or null. */
    @Nullable
    String shortfall() {
        if (refused() > 0) {
            return refused() + " frames refused, the last one with answer " + refusal + " (expected: 200)";
        }
        return sent() == 0 ? "nothing was sent (expected: at least one picture that can be read)" : null;
    }

    void countReconnect() {
        reconnects.incrementAndGet();
    }

    void countResent() {
        resent.incrementAndGet();
    }

    /** Notes that all frames are done, or the failure that ended the run. Only the first call counts. */
    synchronized void ended(@Nullable Throwable cause) {
        if (end.getCount() > 0) {
            failure = cause;
            end.countDown();
        }
    }

    /** Returns the latch that is released at the end. */
    CountDownLatch end() {
        return end;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns the number of frames of the source, or -1 if it is unknown. */
    long length() {
        return length;
    }

    long sent() {
        return sent.get();
    }

    long dropped() {
        return dropped.get();
    }

    long refused() {
        return refused.get();
    }

    long reconnects() {
        return reconnects.get();
    }

    long resent() {
        return resent.get();
    }

    /** Returns the bytes of the pictures that were sent. */
    long bytes() {
        return bytes.get();
    }
}
