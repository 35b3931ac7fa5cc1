package io.framegate.outbox;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The target that must have a delivery before another one gets it. Asks the log of that target whether the claim on the
 * same delivery is done, and the files of what the target refused. Nothing is kept in memory, so a restart changes
 * nothing.
 *
 * <pre>
 * the claim waits                            wait
 * it is done                                 go
 * it is done, and set aside                  refused: this one is set aside too
 * it was set aside, and is tried again       wait
 * it was never made: an event without image  go
 * </pre>
 *
 * <p>A claim of an earlier version does not say which claim of the other target is the same delivery. It waits for all
 * that the other target had when the gateway started. Thread-safe.
 */
final class TargetBefore {

    /** What the other target has made of a delivery. */
    enum Outcome {
        TAKEN,
        REFUSED,
        STOPPING
    }

    /** How soon a stop, or what {@code framegate outbox --retry} does, is seen. */
    private static final long PAUSE_MILLIS = 500;

    private final String name;
    private final ClaimLog log;
    private final SetAside setAside;
    private final long begun;

    /**
     * Asks about the deliveries of one target.
     *
     * @param name the target that must have them first
     * @param log its claims
     * @param setAside what it refused
     * @param begun the number of the first claim of this run, in the log of the target that waits
     */
    TargetBefore(String name, ClaimLog log, SetAside setAside, long begun) {
        this.name = name;
        this.log = log;
        this.setAside = setAside;
        this.begun = begun;
    }

    String name() {
        return name;
    }

    /** Waits until the other target has taken or refused what this claim brings, or until the gateway stops. */
    Outcome await(ClaimLog.Entry entry, BooleanSupplier mayRun) throws IOException {
        try {
            Long number = null;
            boolean known = false;
            while (mayRun.getAsBoolean()) {
                long seen = log.watchers().told();
                if (!known) {
                    number = number(entry);
                    known = true;
                }
                Outcome outcome = isDone(entry.claim(), number) ? refused(entry.claim()) : null;
                if (outcome != null) {
                    return outcome;
                }
                log.watchers().await(seen, PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Outcome.STOPPING;
    }

    /** The number of the same delivery in the other log, or null if that log has none. */
    private @Nullable Long number(ClaimLog.Entry entry) throws IOException {
        Claim.After after = entry.claim().after();
        if (after == null || !after.target().equals(name) || after.number() == null) {
            return null;
        }
        if (entry.number() >= begun) {
            return after.number();
        }
        // Of an earlier run. A log without claims counts from zero again, so another claim may have the number now.
        Claim same = after.number() < log.begun() ? log.waiting(after.number()) : null;
        return same != null && same.name().equals(entry.claim().name()) ? after.number() : null;
    }

    private boolean isDone(Claim claim, @Nullable Long number) {
        if (number != null) {
            return log.isDone(number);
        }
        boolean saysSo = claim.after() != null && claim.after().target().equals(name);
        return saysSo || log.isDoneBefore(log.begun());
    }

    private @Nullable Outcome refused(Claim claim) {
        return switch (setAside.find(claim.name())) {
            case NOWHERE -> Outcome.TAKEN;
            case SET_ASIDE -> Outcome.REFUSED;
            case AGAIN -> null;
        };
    }
}
