package io.framegate.store.durable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forces one file or directory for everybody who changes it. Those who come while a force is under way share the next one.
 *
 * <p>A force that fails fails for all who shared it: the operating system reports an error once, and says yes to the next who asks,
 * whatever became of the bytes. Thread-safe.
 */
public final class SharedForce {

    /** Forces; throws if what was written so far may not be on disk. */
    public interface Action {
        void run() throws IOException;
    }

    private final Action action;
    private final AtomicLong asked = new AtomicLong();
    private long answered;
    private long failed;
    private IOException failure = new IOException("not forced");

    /** Forces by this action, which is never run twice at a time. */
    public SharedForce(Action action) {
        this.action = action;
    }

    /** Returns when all that the caller has changed is on disk. */
    public void force() throws IOException {
        long mine = asked.incrementAndGet();
        synchronized (this) {
            if (mine > answered) {
                run();
            } else if (mine <= failed) {
                throw new IOException("not forced to disk: " + failure.getMessage(), failure);
            }
        }
    }

    private void run() throws IOException {
        long all = asked.get();
        try {
            action.run();
        } catch (IOException e) {
            failed = all;
            failure = e;
            throw e;
        } finally {
            answered = all;
        }
    }
}
