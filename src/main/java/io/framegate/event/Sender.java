package io.framegate.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows about the sender of a packet.
 *
 * @param host the peer's address
 * @param name the name that the operator gives this address, or null
 * @param receivedAt the gateway's clock
 */
public record Sender(String host, @Nullable String name, Instant receivedAt) {}
