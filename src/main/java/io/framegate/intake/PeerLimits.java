package io.framegate.intake;

import java.time.Duration;

/**
 * What each address may cost.
 *
 * @param maxConnections its open connections
 * @param memory the bytes that its connections hold together
 * @param maxRejects its rejects a minute; 0 for any number
 * @param ban the time for which it is refused after more rejects; zero for none
 */
public record PeerLimits(int maxConnections, long memory, int maxRejects, Duration ban) {

    /** No limits. */
    public static final PeerLimits NONE = new PeerLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 0, Duration.ZERO);
}
