package io.framegate.intake;

import io.framegate.event.RejectReason;
import java.time.Instant;

/**
 * An address that may not connect for a while, because it had too many rejects in a minute.
 *
 * @param address an IPv4 address, or the /64 network of an IPv6 address
 * @param reason why the last of them was rejected
 */
public record Ban(String address, RejectReason reason, Instant since, Instant until) {}
