package io.framegate.outbox;

import java.time.Duration;

/**
 * Decides which lane of a target may try to log in. Servers ban an address after some attempts with a wrong password.
 * So one lane at a time tries until the target has accepted a delivery, and all lanes pause after a refused login.
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

    /** The target refused the login. No lane tries before this time has passed. */
    synchronized void refused(Duration pause) {
        known = false;
        trying = false;
        paused = true;
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    /** The target has accepted a delivery. All lanes may try. */
    synchronized void accepted() {
        known = true;
        trying = false;
        paused = false;
    }

    /** The route starts, and the target's properties may have changed. */
    synchronized void begin() {
        known = false;
        trying = false;
        paused = false;
    }
}
