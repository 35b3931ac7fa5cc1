package io.framegate.watch;

import java.time.Duration;

/** The buckets of time histograms. */
final class Buckets {

    static final Duration[] UP_TO_HALF_A_MINUTE = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private Buckets() {}
}
