package io.framegate.it.support;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for conditions. */
public final class Eventually {

    /** For what happens at once on a machine that is not busy; on one that is, it takes its time. */
    public static final Duration SOON = Duration.ofMinutes(1);

    private Eventually() {}

    /** Waits until something is so, and says what if it does not become so. */
    public static ConditionFactory eventually(String what) {
        return eventually(what, SOON);
    }

    /** Waits no longer than this. */
    public static ConditionFactory eventually(String what, Duration atMost) {
        return Awaitility.await(what).atMost(atMost).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }
}
