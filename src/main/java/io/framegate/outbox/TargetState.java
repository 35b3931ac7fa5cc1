package io.framegate.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the deliveries to a target, and knows whether it is away: from an attempt that fails until one succeeds. A
 * refusal proves the target reachable, but only after the target has taken something. Before that, the target's
 * properties are probably wrong, and it counts as away. Thread-safe.
 */
public final class TargetState {

    /**
     * A target that is away.
     *
     * @param since the first attempt that failed
     * @param reason why the last attempt failed
     * @param refusing whether it answers, and has refused everything since the start
     */
    public record Absence(Instant since, String reason, boolean refusing) {}

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile long lastDelivered;
    private volatile Consumer<Duration> timer = taken -> {};
    private final LoginTurn login = new LoginTurn();
    private volatile boolean taking;
    private volatile long givenUpAt;
    private @Nullable Absence absence;

    /** Sets the timer that gets the time from the receipt of a packet to its delivery. */
    public void setTimer(Consumer<Duration> timer) {
        this.timer = timer;
    }

    /** The route to the target starts: whether its properties are right is not known. */
    void begin() {
        taking = false;
        givenUpAt = 0;
        login.begin();
    }

    /** Counts a delivery. The packet was received at this time. */
    void delivered(@Nullable Instant received) {
        lastDelivered = System.currentTimeMillis();
        delivered.increment();
        taking = true;
        login.accepted();
        if (received != null) {
            timer.accept(Duration.between(received, Instant.now()));
        }
        there();
    }

    private synchronized void there() {
        absence = null;
    }

    /** Counts an attempt that failed because the target is away. */
    void away(String reason) {
        absent(reason, false);
    }

    /** Counts an attempt that the target refused because of the image. */
    void refused() {
        failed.increment();
        login.over();
        there();
    }

    /** Counts an attempt that a target refused which has not taken anything. */
    void refusesAll(String reason) {
        absent(reason, true);
    }

    /** Counts an attempt whose login the target refused. The next one waits for this pause. */
    void loginRefused(String reason, Duration pause) {
        absent(reason, false);
        login.refused(pause);
    }

    private void absent(String reason, boolean refusing) {
        failed.increment();
        login.over();
        synchronized (this) {
            absence = new Absence(absence == null ? Instant.now() : absence.since(), reason, refusing);
        }
    }

    /** Whether the target has taken something since the route started. */
    boolean isTaking() {
        return taking;
    }

    /** The operator has said that what the target refuses now is to be set aside. */
    void giveUpRefused() {
        givenUpAt = System.currentTimeMillis();
    }

    /** Whether the operator has said so of what was refused first at this time, in milliseconds since 1970. */
    boolean isGivenUp(long refusedSince) {
        return refusedSince <= givenUpAt;
    }

    LoginTurn login() {
        return login;
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
