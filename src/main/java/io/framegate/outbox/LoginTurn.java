package io.framegate.outbox;

import java.time.Duration;

/**
 * Says which lane of a target may try to log in. Servers ban an address that tries a wrong password some times. So one
 * lane at a time tries until the target has taken something, and after a refused login nobody tries for a pause.
 * Thread-safe.
 */
final class LoginTurn {

    private boolean known;
    private boolean trying;
    private boolean paused;
    private long pausedUntil;

    /** Returns whether the caller may try now. It calls {@link #over} after the attempt. */
    synchronized boolean take() {
        if (known) {
            return true;
        }
        if (trying || (paused && System.nanoTime() - pausedUntil < 0)) {
            return false;
        }
        trying = true;
        return true;
    }

    /** The attempt has ended. Another lane may try. */
    synchronized void over() {
        trying = false;
    }

    /** The target refused the login. Nobody tries before this time has passed. */
    synchronized void refused(Duration pause) {
        known = false;
        trying = false;
        paused = true;
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    /** The target has taken something. All lanes may try. */
    synchronized void accepted() {
        known = true;
        trying = false;
        paused = false;
    }

    /** The route starts, and the target's properties may be other ones. */
    synchronized void begin() {
        known = false;
        trying = false;
        paused = false;
    }
}
