package io.framegate.tool.send;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What became of the frames of one source, counted where it happens, and how it ended. Thread-safe. */
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

    /** Why not all was sent, though nothing failed; null if all was. */
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

    /** The source has no more, and all it had was sent, or it is over because of this. Only the first one counts. */
    synchronized void ended(@Nullable Throwable cause) {
        if (end.getCount() > 0) {
            failure = cause;
            end.countDown();
        }
    }

    /** Released when it is over. */
    CountDownLatch end() {
        return end;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Frames of the source, -1 if not known. */
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

    /** Bytes of pictures sent. */
    long bytes() {
        return bytes.get();
    }
}
