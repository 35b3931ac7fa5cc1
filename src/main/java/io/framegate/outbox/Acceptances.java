package io.framegate.outbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The packets that wait until targets have their images and events, and the number of packets that waited in vain.
 * Thread-safe.
 */
public final class Acceptances {

    /** The reason for which a packet is not accepted. */
    public enum Failure {
        TIMEOUT("timeout"),
        SET_ASIDE("set-aside"),
        STOPPING("stopping");

        private final String tag;

        Failure(String tag) {
            this.tag = tag;
        }

        /** The name in metrics and in the log. */
        public String tag() {
            return tag;
        }
    }

    private final Set<Acceptance> waiting = ConcurrentHashMap.newKeySet();
    private final Map<Failure, LongAdder> failed = new EnumMap<>(Failure.class);
    private volatile boolean stopping;

    Acceptances() {
        for (Failure failure : Failure.values()) {
            failed.put(failure, new LongAdder());
        }
    }

    /** Adds a packet that waits. */
    void begin(Acceptance packet) {
        waiting.add(packet);
        if (stopping) {
            packet.fail(Failure.STOPPING);
        }
    }

    void end(Acceptance packet) {
        waiting.remove(packet);
    }

    /** Fails all waiting packets, and all later ones, because the gateway stops. */
    public void stop() {
        stopping = true;
        waiting.forEach(packet -> packet.fail(Failure.STOPPING));
    }

    void count(Failure failure) {
        counter(failure).increment();
    }

    /** The number of packets that were not accepted for this reason. */
    public long countFailed(Failure failure) {
        return counter(failure).sum();
    }

    private LongAdder counter(Failure failure) {
        LongAdder counter = failed.get(failure);
        if (counter == null) {
            throw new IllegalStateException("failure: " + failure);
        }
        return counter;
    }
}
