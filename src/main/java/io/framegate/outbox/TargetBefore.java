package io.framegate.outbox;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The target that must have a delivery before another one gets it. Checks in the log of that target whether the claim
 * on the same delivery is done, and in its files whether the claim was set aside. Nothing is kept in memory, so a
 * restart changes nothing.
 *
 * <pre>
 * the claim waits                            wait
 * it is done                                 go
 * it is done, and set aside                  refused: the waiting claim is set aside too
 * it was set aside, and is tried again       wait
 * it was never made: an event without image  go
 * </pre>
 *
 * <p>A claim of an earlier version does not name the other target's claim on the same delivery. It waits for all claims
 * that the other target had when the gateway started. Thread-safe.
 */
final class TargetBefore {

    /** The outcome of a delivery at the other target. */
    enum Outcome {
        TAKEN,
        REFUSED,
        STOPPING
    }

    /** The maximum time until a stop, or a {@code framegate outbox --retry}, is noticed. */
    private static final long PAUSE_MILLIS = 500;

    private final String name;
    private final ClaimLog log;
    private final SetAside setAside;
    private final long begun;

    /**
     * Checks the deliveries of one target.
     *
     * @param name the target that must have the deliveries first
     * @param log its claims
     * @param setAside the claims that it refused
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

    /** Waits until the other target has accepted or refused the same delivery, or until the gateway stops. */
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
        // The claim is from an earlier run. A log without claims counts from zero again, so another claim may have the
        // number now.
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
