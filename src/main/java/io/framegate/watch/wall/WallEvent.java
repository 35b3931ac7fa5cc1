package io.framegate.watch.wall;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of a camera, with one of its images if it has any. */
record WallEvent(
        long number,
        Instant at,
        String camera,
        String name,
        String type,
        Map<?, ?> attributes,
        @Nullable Long latencyMillis,
        @Nullable WallImage image) {}
