package io.framegate.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the deliveries to a target, and knows whether the target is away: from a failed attempt to the next successful
 * one. A refusal proves that the target is reachable, but only after the target has accepted a delivery. Before that,
 * the target's properties are probably wrong, and it counts as away. Thread-safe.
 */
public final class TargetState {

    /**
     * A target that is away.
     *
     * @param since the time of the first failed attempt
     * @param reason the reason of the last failure
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

    /** The route to the target starts. It is not known yet whether the target's properties are right. */
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

    /** Counts a refused attempt at a target that has accepted nothing yet. */
    void refusesAll(String reason) {
        absent(reason, true);
    }

    /** Counts an attempt whose login the target refused. The next attempt waits for this pause. */
    void loginRefused(String reason, Duration pause) {
        absent(reason, false);
        login.refused(pause);
    }

    /** The outbox or the images cannot be read, so nothing is sent to the target. */
    synchronized void unreadable(String reason) {
        absence = new Absence(absence == null ? Instant.now() : absence.since(), reason, false);
    }

    /** The outbox and the images can be read again. */
    void readable() {
        there();
    }

    private void absent(String reason, boolean refusing) {
        failed.increment();
        login.over();
        synchronized (this) {
            absence = new Absence(absence == null ? Instant.now() : absence.since(), reason, refusing);
        }
    }

    /** Whether the target has accepted a delivery since the route started. */
    boolean isTaking() {
        return taking;
    }

    /** Gives up the images that the target refuses now, as the operator has requested. */
    void giveUpRefused() {
        givenUpAt = System.currentTimeMillis();
    }

    /** Whether an image whose first refusal was at this time, in milliseconds since 1970, is given up. */
    boolean isGivenUp(long refusedSince) {
        return refusedSince <= givenUpAt;
    }

    LoginTurn login() {
        return login;
    }

    /** The time since which the target is away and the reason, or null if it is not away. */
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
