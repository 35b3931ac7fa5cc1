package io.framegate.intake;

import io.framegate.event.RejectReason;
import java.time.Instant;

/**
 * An address that may not connect for some time, because it had too many rejects within a minute.
 *
 * @param address an IPv4 address, or the /64 network of an IPv6 address
 * @param reason the reason of the last reject
 */
public record Ban(String address, RejectReason reason, Instant since, Instant until) {}
