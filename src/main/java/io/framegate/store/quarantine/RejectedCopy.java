package io.framegate.store.quarantine;

import java.util.concurrent.atomic.AtomicBoolean;

/** What the route of the quarantine has to know of the copy that it writes. Thread-safe. */
public final class RejectedCopy {

    private final String reason;
    private final boolean onlyCopy;
    private final AtomicBoolean dropped = new AtomicBoolean();

    RejectedCopy(String reason, boolean onlyCopy) {
        this.reason = reason;
        this.onlyCopy = onlyCopy;
    }

    /** The tag of the reason of the rejection. */
    public String reason() {
        return reason;
    }

    /** Whether no other copy of the image exists. */
    public boolean isOnlyCopy() {
        return onlyCopy;
    }

    /** Returns true once: a copy of two or three files is dropped once. */
    boolean drop() {
        return dropped.compareAndSet(false, true);
    }
}
