package io.framegate.watch.web;

import io.framegate.wire.PeerAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.support.LRUCacheFactory;
import org.jspecify.annotations.Nullable;

/**
 * Counts the wrong passwords and tokens of each address, to prevent guessing: an address has {@value #MOST} attempts a
 * minute. An IPv6 address counts as its /64 network. Remembers the last {@value #ADDRESSES} addresses. Thread-safe.
 */
final class WrongPasswords {

    static final int MOST = 10;

    private static final int ADDRESSES = 4096;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private record Attempts(int number, long since) {}

    private final Map<String, Attempts> attempts = LRUCacheFactory.newLRUCache(ADDRESSES);
    private final LongSupplier nanos;

    /** Takes the time in nanoseconds from this clock. */
    WrongPasswords(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Counts a wrong attempt. */
    synchronized void add(String host) {
        String network = PeerAddress.network(host);
        Attempts before = current(network);
        attempts.put(
                network,
                before == null
                        ? new Attempts(1, nanos.getAsLong())
                        : new Attempts(before.number() + 1, before.since()));
    }

    /** Returns the seconds until the address has an attempt again; 0 if it has one. */
    synchronized long secondsToWait(String host) {
        Attempts made = current(PeerAddress.network(host));
        if (made == null || made.number() < MOST) {
            return 0;
        }
        return 1 + TimeUnit.NANOSECONDS.toSeconds(made.since() + MINUTE - nanos.getAsLong());
    }

    /** The attempts of the minute that has begun with the first of them; null if there are none. */
    private @Nullable Attempts current(String network) {
        Attempts made = attempts.get(network);
        return made == null || nanos.getAsLong() - made.since() >= MINUTE ? null : made;
    }
}
