package io.framegate.outbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one packet that its targets have not accepted yet. Claims are added before their targets can see them.
 * Thread-safe.
 */
final class Acceptance {

    private static final String PROPERTY = "FramegateAcceptance";

    private final Set<String> targets;
    private final Map<Claimed, Boolean> open = new LinkedHashMap<>();
    private final CompletableFuture<Optional<Acceptances.Failure>> outcome = new CompletableFuture<>();
    private boolean complete;

    private record Claimed(String target, ClaimLog log, long number) {}

    /** Waits for these targets. */
    Acceptance(Set<String> targets) {
        this.targets = targets;
    }

    void attach(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /**
     * The acceptance of an exchange's packet, also in the exchange of one of its images; null if the packet waits for
     * none.
     */
    static @Nullable Acceptance of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Acceptance.class);
    }

    /** Adds a claim of the exchange's packet. The claim must not be settled yet. */
    static void expect(Exchange exchange, String target, ClaimLog log, long number) {
        Acceptance packet = of(exchange);
        if (packet != null && packet.targets.contains(target)) {
            packet.add(new Claimed(target, log, number));
        }
    }

    private synchronized void add(Claimed claimed) {
        open.put(claimed, true);
        claimed.log().watchers().add(claimed.number(), taken -> told(claimed, taken));
    }

    private void told(Claimed claimed, boolean taken) {
        boolean last;
        synchronized (this) {
            open.remove(claimed);
            last = complete && open.isEmpty();
        }
        if (!taken) {
            fail(Acceptances.Failure.SET_ASIDE);
        } else if (last) {
            outcome.complete(Optional.empty());
        }
    }

    void fail(Acceptances.Failure failure) {
        outcome.complete(Optional.of(failure));
    }

    /**
     * Must be called after the packet's last claim. Completes when the targets have everything, or with the reason of a
     * failure.
     */
    CompletableFuture<Optional<Acceptances.Failure>> outcome() {
        boolean none;
        synchronized (this) {
            complete = true;
            none = open.isEmpty();
        }
        if (none) {
            outcome.complete(Optional.empty());
        }
        return outcome;
    }

    /** The targets that do not have everything yet. */
    synchronized Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        open.keySet().forEach(claimed -> missing.add(claimed.target()));
        return missing;
    }

    /** Stops watching the claims. The claims stay. */
    void close() {
        List<Claimed> left;
        synchronized (this) {
            left = new ArrayList<>(open.keySet());
            open.clear();
        }
        left.forEach(claimed -> claimed.log().watchers().remove(claimed.number()));
    }
}
