package io.framegate.attack;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * What a number of hostile connections do.
 *
 * @param connections open at a time; one that the gateway closes connects again
 * @param addresses from which they come in turn: {@code 127.0.0.2} and those above it
 * @param pause between two pieces; zero sends as fast as the gateway reads
 * @param reading whether they read what the gateway writes
 * @param resetting whether a connection is reset after its last piece, instead of staying open
 * @param pieces what one connection sends
 */
record Attack(
        int connections,
        int addresses,
        Duration pause,
        boolean reading,
        boolean resetting,
        Supplier<Iterator<byte[]>> pieces) {

    /** Connections from one address that send as fast as they can, read answers, and stay open. */
    static Attack on(int connections, Supplier<Iterator<byte[]>> pieces) {
        return new Attack(connections, 1, Duration.ZERO, true, false, pieces);
    }

    Attack from(int number) {
        return new Attack(connections, number, pause, reading, resetting, pieces);
    }

    Attack every(Duration time) {
        return new Attack(connections, addresses, time, reading, resetting, pieces);
    }

    Attack withoutReading() {
        return new Attack(connections, addresses, pause, false, resetting, pieces);
    }

    Attack withResets() {
        return new Attack(connections, addresses, pause, reading, true, pieces);
    }
}
