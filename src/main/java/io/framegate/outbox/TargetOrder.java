package io.framegate.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The order of targets: a target may get a delivery only after another one has it. Thread-safe. */
final class TargetOrder {

    private final Map<String, String> before = new ConcurrentSkipListMap<>();

    /**
     * Sets that a target gets everything after another one.
     *
     * @param other the other target; empty if the target waits for none
     * @throws IllegalArgumentException if the other one waits for this target
     */
    synchronized void put(String target, String other) {
        if (other.isEmpty()) {
            before.remove(target);
        } else if (target.equals(other) || isAfter(other, target)) {
            throw new IllegalArgumentException("framegate.deliver." + target + ".after: " + other
                    + " (expected: a target that does not wait for " + target + ")");
        } else {
            before.put(target, other);
        }
    }

    /** The target that must have everything before this one, or null. */
    @Nullable
    String before(String target) {
        return before.get(target);
    }

    /**
     * Returns the claim on the same delivery that must be done before a target's claim.
     *
     * @param claimed the numbers of the claims on this delivery, by target
     * @return null if the target waits for none
     */
    Claim.@Nullable After after(String target, Map<String, Long> claimed) {
        String first = before.get(target);
        return first == null ? null : new Claim.After(first, claimed.get(first));
    }

    /** Whether another target waits for this one. */
    boolean isAwaited(String target) {
        return before.containsValue(target);
    }

    /** Whether a target waits for another one, directly or through further targets. */
    boolean isAfter(String waiting, String awaited) {
        String first = before.get(waiting);
        return first != null && (first.equals(awaited) || isAfter(first, awaited));
    }

    /** These targets, each after the targets that it waits for. */
    List<String> sorted(Collection<String> targets) {
        List<String> sorted = new ArrayList<>(targets);
        sorted.sort((one, other) -> Integer.compare(depth(one), depth(other)));
        return sorted;
    }

    private int depth(String target) {
        String first = before.get(target);
        return first == null ? 0 : 1 + depth(first);
    }
}
