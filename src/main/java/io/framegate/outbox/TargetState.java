package io.framegate.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the deliveries to a target, and knows whether it is away: from an attempt that fails until one succeeds. A
 * refusal proves the target reachable. Thread-safe.
 */
public final class TargetState {

    /**
     * A target that is away.
     *
     * @param since the first attempt that failed
     * @param reason why the last attempt failed
     */
    public record Absence(Instant since, String reason) {}

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile long lastDelivered;
    private volatile Consumer<Duration> timer = taken -> {};
    private @Nullable Absence absence;

    /** Sets the timer that gets the time from the receipt of a packet to its delivery. */
    public void setTimer(Consumer<Duration> timer) {
        this.timer = timer;
    }

    /** Counts a delivery. The packet was received at this time. */
    void delivered(@Nullable Instant received) {
        lastDelivered = System.currentTimeMillis();
        delivered.increment();
        if (received != null) {
            timer.accept(Duration.between(received, Instant.now()));
        }
        there();
    }

    private synchronized void there() {
        absence = null;
    }

    /** Counts an attempt that failed for this reason. */
    void failed(String reason, boolean refused) {
        failed.increment();
        if (refused) {
            there();
        } else {
            away(reason);
        }
    }

    private synchronized void away(String reason) {
        absence = new Absence(absence == null ? Instant.now() : absence.since(), reason);
    }

    /** Since when the target is away and why, or null if it is not. */
    public synchronized @Nullable Absence absence() {
        return absence;
    }

    /** Whether a delivery succeeded after this time, in milliseconds since 1970. */
    boolean deliveredSince(long moment) {
        return lastDelivered > moment;
    }

    public long countDelivered() {
        return delivered.sum();
    }

    public long countFailed() {
        return failed.sum();
    }
}
