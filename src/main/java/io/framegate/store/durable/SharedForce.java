package io.framegate.store.durable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forces one file or directory for several threads (group commit). Threads that arrive during a force share the next
 * one.
 *
 * <p>A failed force fails for all threads that share it. The operating system reports a write error only once: the next
 * force of the same file succeeds although the bytes are lost. Thread-safe.
 */
public final class SharedForce {

    /** Forces the file or directory. Throws if changes made before the call may not be on disk. */
    public interface Action {
        void run() throws IOException;
    }

    private final Action action;
    private final AtomicLong requested = new AtomicLong();
    private long done;
    private long failed;
    private IOException failure = new IOException("not forced");

    /** Uses this action, which never runs on two threads at once. */
    public SharedForce(Action action) {
        this.action = action;
    }

    /** Returns when all changes that the caller made before are on disk. */
    public void force() throws IOException {
        long mine = requested.incrementAndGet();
        synchronized (this) {
            if (mine > done) {
                run();
            } else if (mine <= failed) {
                throw new IOException("not forced to disk: " + failure.getMessage(), failure);
            }
        }
    }

    private void run() throws IOException {
        long all = requested.get();
        try {
            action.run();
        } catch (IOException e) {
            failed = all;
            failure = e;
            throw e;
        } finally {
            done = all;
        }
    }
}
