package io.framegate.intake;

import java.time.Duration;

/**
 * The limits of each address.
 *
 * @param maxConnections the maximum number of its open connections
 * @param memory the maximum number of bytes that its connections hold together
 * @param maxRejects the maximum number of its rejects per minute; 0 for no limit
 * @param ban the time for which it is banned after more rejects; zero for no ban
 */
public record PeerLimits(int maxConnections, long memory, int maxRejects, Duration ban) {

    /** No limits. */
    public static final PeerLimits NONE = new PeerLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 0, Duration.ZERO);
}
