package io.framegate.watch.wall;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a camera's state. A version changes with every picture and has no meaning without one. If the newest
 * picture is a crop, both versions are equal.
 */
record CameraState(
        String id,
        CameraIdentity identity,
        Instant lastSeen,
        boolean silent,
        Duration interval,
        @Nullable WallEvent lastEvent,
        @Nullable WallImage newest,
        long images,
        long version,
        @Nullable WallImage crop,
        long cropVersion) {}
