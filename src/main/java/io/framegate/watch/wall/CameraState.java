package io.framegate.watch.wall;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A camera at a moment. A version is another with every picture, and means nothing while there is none; a crop that is the newest
 * picture too has the same for both.
 */
record CameraState(
        String id,
        CameraIdentity identity,
        Instant lastSeen,
        boolean silent,
        Duration interval,
        @Nullable LiveEvent lastEvent,
        @Nullable LiveImage newest,
        long images,
        long version,
        @Nullable LiveImage crop,
        long cropVersion) {}
