package io.framegate.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a packet, as known to the gateway.
 *
 * @param host the peer's address
 * @param name the name that the operator gives this address, or null
 * @param receivedAt the gateway's clock
 */
public record Sender(String host, @Nullable String name, Instant receivedAt) {}
