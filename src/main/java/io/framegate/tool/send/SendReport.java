package io.framegate.tool.send;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the outcomes of the frames of one source, and holds the end of the run. Thread-safe. */
public final class SendReport {

    final LongAdder sent = new LongAdder();
    /** The bytes of the pictures that were sent. */
    final LongAdder bytes = new LongAdder();

    final LongAdder dropped = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder reconnects = new LongAdder();
    final LongAdder resent = new LongAdder();
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
    private volatile long length = -1;
    private volatile int refusal;

    void opened(long frames) {
        length = frames;
    }

    void countSent(int length) {
        sent.increment();
        bytes.add(length);
    }

    void countRefused(int status) {
        refusal = status;
        refused.increment();
    }

    /** Returns why not all frames were sent although nothing failed, or null. */
    @Nullable
    String shortfall() {
        if (refused.sum() > 0) {
            return refused.sum() + " frames refused, the last one with answer " + refusal + " (expected: 200)";
        }
        return sent.sum() == 0 ? "nothing was sent (expected: at least one picture that can be read)" : null;
    }

    /** Notes that all frames are done, or the failure that ended the run. Only the first call counts. */
    void ended(@Nullable Throwable cause) {
        end.complete(cause);
    }

    /** Returns the end of the run: the failure that caused it, or null. */
    CompletableFuture<@Nullable Throwable> end() {
        return end;
    }

    /** Returns the number of frames of the source, or -1 if it is unknown. */
    long length() {
        return length;
    }
}
