package io.framegate.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the deliveries to a target have gone. It is away from an attempt that fails until it takes something again; what it refuses it has
 * been there for. Thread-safe.
 */
public final class TargetState {

    /**
     * A target that is away.
     *
     * @param since the first attempt that failed
     * @param reason why the last one did
     */
    public record Absence(Instant since, String reason) {}

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile long lastDelivered;
    private volatile Consumer<Duration> timer = taken -> {};
    private @Nullable Absence absence;

    /** Tells this how long each delivery took, from the receipt of the packet. */
    public void setTimer(Consumer<Duration> timer) {
        this.timer = timer;
    }

    /** The target has taken something that was received then. */
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

    /** An attempt has failed for this reason. */
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

    /** Since when it is away and why, or null if it is not. */
    public synchronized @Nullable Absence absence() {
        return absence;
    }

    /** Whether the target has taken anything since this moment, in milliseconds since 1970. */
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
