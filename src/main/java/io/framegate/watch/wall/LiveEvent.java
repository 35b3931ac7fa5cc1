package io.framegate.watch.wall;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something a camera has sent, with the image it came with, if there was one. */
record LiveEvent(
        long number,
        Instant at,
        String camera,
        String name,
        String type,
        Map<?, ?> attributes,
        @Nullable Long latencyMillis,
        @Nullable LiveImage image) {}
